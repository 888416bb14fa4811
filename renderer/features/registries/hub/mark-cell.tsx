import { useMarks } from '../../../lib/use-marks.ts';
import { useRowTabIndex } from '../../../ui/data-table/row-context.ts';
import { StarButton } from '../../../ui/star-button.tsx';

/** The star of a repository in a row of a table. */
export function MarkCell(props: { readonly address: string; readonly repository: string }) {
  const tabIndex = useRowTabIndex();
  const { isFavourite, toggle } = useMarks();
  return (
    <StarButton
      repository={props.repository}
      isFavourite={isFavourite(props)}
      onToggle={() => toggle(props)}
      tabIndex={tabIndex}
    />
  );
}
