import type { ImageDetails } from '../../../shared/model/image-details.ts';
import type { ImagePlace } from '../../lib/image-place.ts';
import { useWords } from '../../lib/words.tsx';
import { PartTabs } from '../../ui/part-tabs.tsx';
import { FilesTab } from './files/files-tab.tsx';
import { ImageFactsList } from './image-facts-list.tsx';
import { LayerTable } from './layer-table.tsx';
import { ManifestText } from './manifest-text.tsx';
import { Overview } from './overview.tsx';
import { ReferrersTab } from './referrers-tab.tsx';

/** What is known of an image: its facts, and its parts in tabs. */
export function ImageBody(props: {
  readonly place: ImagePlace;
  readonly details: ImageDetails;
  readonly onPlatform: (platform: string) => void;
}) {
  const t = useWords();
  const { place, details } = props;
  const { image } = details;
  const name = `${place.repository} ${place.reference}`;
  const part = (id: 'overview' | 'layers' | 'files' | 'referrers' | 'manifest') => ({
    ...{ id, name: t(`image.tab.${id}`) },
  });
  return (
    <>
      <ImageFactsList details={details} onPlatform={props.onPlatform} />
      <PartTabs
        label={t('image.tabs', { name })}
        parts={[
          { ...part('overview'), content: <Overview details={details} /> },
          { ...part('layers'), content: <LayerTable details={details} name={name} /> },
          ...(image
            ? [
                {
                  ...part('files'),
                  content: <FilesTab key={image.digest} place={place} image={image} />,
                },
              ]
            : []),
          ...(details.kind === 'v1-image'
            ? []
            : [
                {
                  ...part('referrers'),
                  content: <ReferrersTab place={place} digest={details.digest} />,
                },
              ]),
          { ...part('manifest'), content: <ManifestText text={details.manifest} /> },
        ]}
      />
    </>
  );
}
