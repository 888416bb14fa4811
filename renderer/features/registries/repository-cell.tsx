import ChevronRight from 'lucide-react/icons/chevron-right';
import Folder from 'lucide-react/icons/folder';
import { useWords } from '../../lib/words.tsx';
import { useRowTabIndex } from '../../ui/data-table/row-context.ts';
import { StarButton } from '../../ui/star-button.tsx';
import type { RepositoryRow } from './repository-rows.ts';

/** How far a folder moves in what it holds, in pixels. */
const STEP = 20;
/** The width of a folder's button, with the gap behind it. */
const BUTTON = 42;

/** The name of a repository or folder, moved in as deep as it stands. */
export function RepositoryCell(props: {
  readonly row: RepositoryRow;
  readonly onTurn: (row: RepositoryRow) => void;
}) {
  const { row } = props;
  const indent = { paddingInlineStart: indentOf(row) };
  const path = row.kind === 'folder' ? row.path : row.name;
  const own = path.slice(row.above.length);
  return (
    <span className="repository-name" style={indent}>
      {row.kind === 'folder' ? <FolderButton row={row} onTurn={props.onTurn} /> : null}
      <span className="clip" dir="ltr" title={path}>
        <span className="said-above">{row.above}</span>
        {own}
      </span>
    </span>
  );
}

/** In pixels: names stand under the name of their folder, not under its button. */
function indentOf({ kind, depth }: RepositoryRow): number {
  return kind === 'folder' || depth === 0 ? depth * STEP : (depth - 1) * STEP + BUTTON;
}

function FolderButton(props: {
  readonly row: RepositoryRow & { readonly kind: 'folder' };
  readonly onTurn: (row: RepositoryRow) => void;
}) {
  const t = useWords();
  const { row } = props;
  return (
    <button
      type="button"
      className="folder-button"
      tabIndex={useRowTabIndex()}
      aria-expanded={row.isOpen}
      aria-label={t('browse.folder', { path: row.path })}
      onClick={() => props.onTurn(row)}
    >
      <ChevronRight size={14} aria-hidden="true" className={row.isOpen ? 'turned' : ''} />
      <Folder size={14} aria-hidden="true" />
    </button>
  );
}

/** How much a folder holds, or whether a repository is a favourite. */
export function RepositorySideCell(props: {
  readonly row: RepositoryRow;
  readonly onStar: (repository: string) => void;
}) {
  const t = useWords();
  const { row } = props;
  const tabIndex = useRowTabIndex();
  if (row.kind === 'folder') {
    return <span className="dimmed">{t('browse.repositoryCount', { count: row.count })}</span>;
  }
  return (
    <StarButton
      repository={row.name}
      isFavourite={row.isFavourite}
      onToggle={() => props.onStar(row.name)}
      tabIndex={tabIndex}
    />
  );
}
