// biome-ignore-all lint/a11y/useSemanticElements: the box is drawn as those of the rows are
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows take the focus, one at a time
import { isMac } from '../../lib/keys.ts';
import { useWords } from '../../lib/words.tsx';
import { CheckBox } from './check-box.tsx';

/** The heading above the boxes of the rows: chooses all that are shown, or none. */
export function SelectAll(props: {
  readonly count: number;
  readonly of: number;
  readonly onAll: () => void;
  readonly onNone: () => void;
}) {
  const t = useWords();
  const state = props.count === 0 ? 'none' : props.count === props.of ? 'all' : 'some';
  const checked = ({ none: false, all: true, some: 'mixed' } as const)[state];
  return (
    <div role="columnheader" className="cell cell-check">
      <button
        type="button"
        role="checkbox"
        className="select-all"
        aria-checked={checked}
        aria-label={t('browse.selectAll')}
        title={`${t('browse.selectAll')} (${isMac ? '⌘A' : 'Ctrl+A'})`}
        onClick={state === 'all' ? props.onNone : props.onAll}
      >
        <CheckBox state={state} />
      </button>
    </div>
  );
}
