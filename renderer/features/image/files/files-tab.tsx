import { Button, NativeSelect, Progress } from '@mantine/core';
import { useState } from 'react';
import { formatBytes } from '../../../../shared/i18n/words.ts';
import { shortDigest } from '../../../../shared/model/digest.ts';
import type { ImageFacts } from '../../../../shared/model/image-details.ts';
import { useWords } from '../../../lib/words.tsx';
import { RegistryProblem } from '../../../ui/registry-problem.tsx';
import type { ImagePlace } from '../image-place.ts';
import { FileTable } from './file-table.tsx';
import { useFiles } from './use-files.ts';

const WHOLE = '';

/** What lies inside an image or one of its layers; it is read when the reader asks for it. */
export function FilesTab(props: { readonly place: ImagePlace; readonly image: ImageFacts }) {
  const t = useWords();
  const { place, image } = props;
  const [layer, setLayer] = useState(WHOLE);
  const { reading, read, cancel } = useFiles(place, image.digest);
  const start = (): void => void read(layer === WHOLE ? undefined : layer);
  const chosen = image.layers.find(({ digest }) => digest === layer);
  const size = chosen ? chosen.size : image.size;
  return (
    <>
      <div className="toolbar">
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
            ...image.layers.map(({ digest, createdBy }, at) => ({
              value: digest,
              label: t('image.files.layer', {
                number: at + 1,
                about: createdBy?.slice(0, 60) ?? shortDigest(digest),
              }),
            })),
          ]}
        />
        {reading.state === 'reading' ? (
          <Button variant="default" size="compact-sm" onClick={cancel}>
            {t('browse.cancel')}
          </Button>
        ) : reading.state === 'done' ? null : (
          <Button variant="default" size="compact-sm" onClick={start}>
            {size === null
              ? t('image.files.read')
              : t('image.files.readSize', { size: formatBytes(t.locale, size) })}
          </Button>
        )}
        {reading.state === 'reading' ? (
          <Progress
            className="files-progress"
            aria-label={t('image.files.reading')}
            value={reading.total > 0 ? (reading.done / reading.total) * 100 : 0}
          />
        ) : null}
      </div>
      {reading.state === 'idle' ? <p className="files-hint">{t('image.files.hint')}</p> : null}
      {reading.state === 'failed' ? (
        <div className="fill-note">
          <RegistryProblem
            {...{ address: place.address, problem: reading.problem }}
            {...{ onRetry: start, onSignedIn: start }}
          />
        </div>
      ) : null}
      {reading.state === 'done' ? (
        <FileTable
          {...{ place, files: reading.files, limit: reading.limit, digest: image.digest }}
          {...(layer === WHOLE ? {} : { layer })}
        />
      ) : null}
    </>
  );
}
