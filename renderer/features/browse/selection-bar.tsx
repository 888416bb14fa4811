import { Button } from '@mantine/core';
import { mostAtOnce } from '../../../shared/model/most-at-once.ts';
import { useShortcuts } from '../../lib/keys.ts';
import { useWords } from '../../lib/words.tsx';

/** Below the tags: how many are chosen, and what can be done with them. Escape chooses none. */
export function SelectionBar(props: {
  readonly chosen: readonly string[];
  readonly onCompare: () => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}) {
  const t = useWords();
  const { chosen } = props;
  useShortcuts({ Escape: props.onClear });
  const isTooMany = chosen.length > mostAtOnce;
  return (
    <section className="selection-bar" aria-label={t('browse.selection')}>
      <output>
        {t('browse.selectedCount', { count: chosen.length })}
        {isTooMany ? ` ${t('browse.tooMany', { count: mostAtOnce })}` : null}
      </output>
      {chosen.length === 2 ? (
        <Button size="compact-sm" variant="default" onClick={props.onCompare}>
          {t('browse.compareTwo')}
        </Button>
      ) : null}
      <Button size="compact-sm" color="red" disabled={isTooMany} onClick={props.onDelete}>
        {t('image.delete')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={props.onClear}>
        {t('browse.clearSelection')}
      </Button>
    </section>
  );
}
