import type { ReactNode } from 'react';
import type { ImageComparison } from '../../../shared/model/image-comparison.ts';
import { useWords } from '../../lib/words.tsx';
import { PartTabs } from '../../ui/part-tabs.tsx';
import { FilesPart } from './files-part.tsx';
import { bytesOf } from './layer-changes.ts';
import { LayersPart } from './layers-part.tsx';
import { PackagesPart } from './packages-part.tsx';
import { ReadPart } from './read-part.tsx';
import { SettingsPart } from './settings-part.tsx';
import { Summary } from './summary.tsx';
import type { Both } from './use-comparison.ts';
import { type FileChanges, useFileChanges } from './use-file-changes.ts';

/** How two images differ: in short, then part by part. Files and packages are read once for both of their parts. */
export function CompareBody(props: {
  readonly both: Both;
  readonly comparison: ImageComparison;
  readonly label: string;
}) {
  const t = useWords();
  const { both, comparison } = props;
  const changes = useFileChanges(both);
  const { shared, onlyLeft, onlyRight, config } = comparison;
  const size = bytesOf([...shared, ...onlyLeft, ...onlyRight]);
  const read = (show: (known: FileChanges) => ReactNode) => (
    <ReadPart {...{ both, size, changes, show }} />
  );
  return (
    <>
      <Summary comparison={comparison} />
      <PartTabs
        label={props.label}
        parts={[
          {
            ...{ id: 'layers', name: t('image.tab.layers') },
            content: <LayersPart comparison={comparison} />,
          },
          {
            ...{ id: 'settings', name: t('compare.tab.settings') },
            content: <SettingsPart differences={config} />,
          },
          {
            ...{ id: 'packages', name: t('compare.tab.packages') },
            content: read((known) => <PackagesPart changes={known} />),
          },
          {
            ...{ id: 'files', name: t('image.tab.files') },
            content: read((known) => <FilesPart both={both} changes={known} />),
          },
        ]}
      />
    </>
  );
}
