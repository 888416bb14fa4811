import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { formatBytes } from '../../../../shared/i18n/words.ts';
import { isDigest, shortDigest } from '../../../../shared/model/digest.ts';
import type { ImageFacts } from '../../../../shared/model/image-details.ts';
import type { ImagePlace } from '../../../lib/image-place.ts';
import { useWords } from '../../../lib/words.tsx';
import { ReadingBar } from '../../../ui/reading-bar.tsx';
import { FileTable } from './file-table.tsx';
import { useFiles } from './use-files.ts';

const WHOLE = '';

/** What lies inside an image or one of its layers; it is read when the reader asks for it. */
export function FilesTab(props: { readonly place: ImagePlace; readonly image: ImageFacts }) {
  const t = useWords();
  const { place, image } = props;
  const [layer, setLayer] = useState(WHOLE);
  const { reading, read, cancel } = useFiles(place, image.digest);
  const chosen = image.layers.find(({ digest }) => digest === layer);
  const size = chosen ? chosen.size : image.size;
  // Those of a first-generation image have ids alone, which name nothing that could be opened by itself.
  const layers = image.layers.filter(({ digest }) => isDigest(digest));
  const elsewhere = image.layers.filter(({ foreign }) => foreign).length;
  return (
    <>
      <ReadingBar
        reading={reading}
        address={place.address}
        label={
          size === null
            ? t('image.files.read')
            : t('image.files.readSize', { size: formatBytes(t.locale, size) })
        }
        hint={t('image.files.hint')}
        onStart={() => void read(layer === WHOLE ? undefined : layer)}
        onCancel={cancel}
      >
        <NativeSelect
          size="xs"
          className="layer-choice"
          aria-label={t('image.files.of')}
          value={layer}
          onChange={(event) => {
            setLayer(event.currentTarget.value);
            cancel();
          }}
          data={[
            { value: WHOLE, label: t('image.files.whole') },
            ...layers.map(({ digest, createdBy }, at) => ({
              value: digest,
              label: t('image.files.layer', {
                number: at + 1,
                about: createdBy?.slice(0, 60) ?? shortDigest(digest),
              }),
            })),
          ]}
        />
      </ReadingBar>
      {layer === WHOLE && elsewhere > 0 ? (
        <p className="key-hints">{t('image.files.elsewhere', { count: elsewhere })}</p>
      ) : null}
      {reading.state === 'done' ? (
        <FileTable
          {...{ place, ...reading.result, digest: image.digest }}
          {...(layer === WHOLE ? {} : { layer })}
        />
      ) : null}
    </>
  );
}
