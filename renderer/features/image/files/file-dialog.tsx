import { useQuery } from '@tanstack/react-query';
import type { LayerFile } from '../../../../shared/model/layer-file.ts';
import type { ImagePlace } from '../../../lib/image-place.ts';
import { useRegent } from '../../../lib/regent-context.tsx';
import { TextDialog } from '../../../ui/text-dialog.tsx';

/** One file of an image to read. */
export function FileDialog(props: {
  readonly place: ImagePlace;
  readonly digest: string;
  readonly layer?: string;
  readonly file: LayerFile;
  readonly onClose: () => void;
}) {
  const { api } = useRegent();
  const { place, digest, file, layer } = props;
  const { address, repository } = place;
  const input = { address, repository, digest, path: file.path };
  const content = useQuery(
    api.repositories.file.queryOptions({
      input: layer === undefined ? input : { ...input, layer },
      gcTime: 0,
    }),
  );
  return <TextDialog title={`/${file.path}`} content={content} onClose={props.onClose} />;
}
