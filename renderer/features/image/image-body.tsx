import { Tabs } from '@mantine/core';
import type { ImageDetails } from '../../../shared/model/image-details.ts';
import { useWords } from '../../lib/words.tsx';
import { FilesTab } from './files/files-tab.tsx';
import { ImageFactsList } from './image-facts-list.tsx';
import type { ImagePlace } from './image-place.ts';
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
  const { repository, reference } = place;
  return (
    <>
      <ImageFactsList details={details} onPlatform={props.onPlatform} />
      <Tabs defaultValue="overview" keepMounted={false} className="image-tabs">
        <Tabs.List aria-label={t('image.tabs', { name: `${repository} ${reference}` })}>
          <Tabs.Tab value="overview">{t('image.tab.overview')}</Tabs.Tab>
          <Tabs.Tab value="layers">{t('image.tab.layers')}</Tabs.Tab>
          {details.image ? <Tabs.Tab value="files">{t('image.tab.files')}</Tabs.Tab> : null}
          <Tabs.Tab value="referrers">{t('image.tab.referrers')}</Tabs.Tab>
          <Tabs.Tab value="manifest">{t('image.tab.manifest')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview" className="image-panel">
          <Overview details={details} />
        </Tabs.Panel>
        <Tabs.Panel value="layers" className="image-panel image-panel-fill">
          <LayerTable details={details} name={`${repository} ${reference}`} />
        </Tabs.Panel>
        {details.image ? (
          <Tabs.Panel value="files" className="image-panel image-panel-fill">
            <FilesTab key={details.image.digest} place={place} image={details.image} />
          </Tabs.Panel>
        ) : null}
        <Tabs.Panel value="referrers" className="image-panel image-panel-fill">
          <ReferrersTab place={place} digest={details.digest} />
        </Tabs.Panel>
        <Tabs.Panel value="manifest" className="image-panel image-panel-fill">
          <ManifestText text={details.manifest} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
