import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatBytes } from '../../../shared/i18n/words.ts';
import type { FileChange } from '../../../shared/model/image-comparison.ts';
import type { FileContent, LayerFile } from '../../../shared/model/layer-file.ts';
import { problemIn } from '../../lib/errors.ts';
import type { ImagePlace } from '../../lib/image-place.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { TextDialog } from '../../ui/text-dialog.tsx';
import { TextDiff } from '../../ui/trust/text-diff.tsx';
import type { Both } from './use-comparison.ts';

const holdsText = (file: LayerFile | null): file is LayerFile =>
  file?.kind === 'file' || file?.kind === 'hard-link';

/** Whether there is something to read in what has changed. */
export function isReadable({ left, right }: FileChange): boolean {
  return holdsText(left) || holdsText(right);
}

/** What has changed in a text; of a file that only one image has, all of it. */
export function FileChangeDialog(props: {
  readonly both: Both;
  readonly change: FileChange;
  readonly onClose: () => void;
}) {
  const { both, change, onClose } = props;
  const left = useContent(both.left, change.left);
  const right = useContent(both.right, change.right);
  const title = `/${change.path}`;
  if (holdsText(change.left) && holdsText(change.right)) {
    return <DiffDialog {...{ title, left, right, onClose }} />;
  }
  return (
    <TextDialog title={title} content={holdsText(change.right) ? right : left} onClose={onClose} />
  );
}

function useContent({ reference, ...place }: ImagePlace, file: LayerFile | null) {
  const { api } = useRegent();
  // What a hard link leads to may be in another layer than the link.
  const layer = file?.kind === 'file' ? { layer: file.layer } : {};
  const input = { ...place, digest: reference, path: file?.path ?? '', ...layer };
  return useQuery(
    api.repositories.file.queryOptions({ input, enabled: holdsText(file), gcTime: 0 }),
  );
}

type Content = ReturnType<typeof useContent>;

function DiffDialog(props: {
  readonly title: string;
  readonly left: Content;
  readonly right: Content;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { left, right } = props;
  const problem = problemIn(left) ?? problemIn(right);
  const retry = (): void => {
    for (const side of [left, right]) if (side.error) void side.refetch();
  };
  return (
    <Dialog wide opened title={props.title} onClose={props.onClose}>
      {problem ? <ProblemNote problem={problem} actions={{ retry }} /> : null}
      {left.isPending || right.isPending ? (
        <StatusBadge tone="busy" word={t('image.files.opening')} />
      ) : null}
      {left.data && right.data ? <Contents left={left.data} right={right.data} /> : null}
      <div className="dialog-actions">
        <Button variant="default" data-autofocus onClick={props.onClose}>
          {t('browse.close')}
        </Button>
      </div>
    </Dialog>
  );
}

function Contents({ left, right }: { readonly left: FileContent; readonly right: FileContent }) {
  const t = useWords();
  const bytes = ({ size }: FileContent) => formatBytes(t.locale, size);
  if (left.text === null || right.text === null) {
    return <p>{t('image.files.noText', { size: `${bytes(left)} → ${bytes(right)}` })}</p>;
  }
  const longer = left.size > right.size ? left : right;
  return (
    <>
      {left.text === right.text ? (
        <p>{t('compare.sameText')}</p>
      ) : (
        <TextDiff before={left.text} after={right.text} />
      )}
      {left.truncated || right.truncated ? (
        <p className="dimmed">{t('image.files.truncated', { size: bytes(longer) })}</p>
      ) : null}
    </>
  );
}
