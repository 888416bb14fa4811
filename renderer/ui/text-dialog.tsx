import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { formatBytes } from '../../shared/i18n/words.ts';
import type { FileContent } from '../../shared/model/layer-file.ts';
import { problemIn } from '../lib/errors.ts';
import { useWords } from '../lib/words.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './problem-note.tsx';
import { ShownText } from './shown-text.tsx';
import { StatusBadge } from './status-badge.tsx';

/** A text from a registry to read, or why there is none. */
export function TextDialog(props: {
  readonly title: string;
  readonly content: UseQueryResult<FileContent>;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { content } = props;
  const problem = problemIn(content);
  const { data } = content;
  const text = data?.text ?? null;
  return (
    <Dialog wide opened title={props.title} onClose={props.onClose}>
      {content.isPending ? <StatusBadge tone="busy" word={t('image.files.opening')} /> : null}
      {problem ? (
        <ProblemNote problem={problem} actions={{ retry: () => void content.refetch() }} />
      ) : null}
      {data && text === null ? (
        <p>{t('image.files.noText', { size: formatBytes(t.locale, data.size) })}</p>
      ) : null}
      {text === null ? null : (
        <ShownText text={text} label={props.title} copyLabel={t('image.files.copy')} />
      )}
      {data?.truncated ? (
        <p className="dimmed">
          {t('image.files.truncated', { size: formatBytes(t.locale, data.size) })}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button variant="default" data-autofocus onClick={props.onClose}>
          {t('browse.close')}
        </Button>
      </div>
    </Dialog>
  );
}
