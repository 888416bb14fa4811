import { Button } from '@mantine/core';
import Download from 'lucide-react/icons/download';
import { explain } from '../../../shared/i18n/index.ts';
import { useWords } from '../../lib/words.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useRowTabIndex } from '../../ui/data-table/row-context.ts';
import type { TagRow } from './tag-row.ts';

/** A tag's digest, short, with a button that copies all of it; or why it isn't known. */
export function DigestCell(props: {
  readonly row: TagRow;
  readonly short: string;
  readonly onRetry: () => void;
}) {
  const t = useWords();
  const tabIndex = useRowTabIndex();
  const { detail, name } = props.row;
  switch (detail?.state) {
    case 'ready':
      return (
        <>
          <code dir="ltr" title={detail.tag.digest}>
            {props.short}
          </code>
          <span className="row-only">
            <CopyButton
              text={detail.tag.digest}
              label={t('browse.copyDigest', { tag: name })}
              tabIndex={tabIndex}
            />
          </span>
        </>
      );
    case 'failed':
      return (
        <button
          type="button"
          className="text-button clip"
          tabIndex={tabIndex}
          title={explain(t, detail.problem).what}
          onClick={props.onRetry}
        >
          {t('browse.detailFailed')}
        </button>
      );
    default:
      return <span className="placeholder-bar" aria-hidden="true" />;
  }
}

/** The button that pulls a row's tag. */
export function PullCell(props: { readonly name: string; readonly onPull: () => void }) {
  const t = useWords();
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      leftSection={<Download size={12} aria-hidden="true" />}
      tabIndex={useRowTabIndex()}
      aria-label={t('browse.pullTag', { tag: props.name })}
      title={`${t('browse.pull')} (P)`}
      onClick={(event) => {
        event.stopPropagation();
        props.onPull();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {t('browse.pull')}
    </Button>
  );
}
