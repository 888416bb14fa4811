import { Button } from '@mantine/core';
import Copy from 'lucide-react/icons/copy';
import Download from 'lucide-react/icons/download';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import type { ImageDetails } from '../../../shared/model/image-details.ts';
import type { ImagePlace } from '../../lib/image-place.ts';
import { useShortcuts } from '../../lib/keys.ts';
import type { SaveOrder } from '../../lib/tasks.tsx';
import { useCopy } from '../../lib/use-copy.ts';
import { useWords } from '../../lib/words.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { copiesOf } from './copies.ts';
import { CopyDialog } from './copy-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { RetagDialog } from './retag-dialog.tsx';

/** Pull the image, save it to the disk, copy what names it or itself, compare it, give it one more tag, delete it. */
export function ImageActions(props: {
  readonly place: ImagePlace;
  readonly details: ImageDetails;
  /** The one of the index that the person has chosen. */
  readonly platform: string | undefined;
  readonly onPull: () => void;
  readonly onSave: (format: SaveOrder['format']) => void;
}) {
  const t = useWords();
  const copy = useCopy();
  const { details, onPull, onSave, place, platform } = props;
  const choice = platform === undefined ? place : { ...place, platform };
  const [dialog, setDialog] = useState<'compare' | 'copy' | 'delete' | 'retag' | null>(null);
  const close = (): void => setDialog(null);
  const copies = copiesOf(place, details);
  // Its registry only gives, and no engine takes from it.
  const isFirst = details.kind === 'v1-image';
  useShortcuts({
    ...(isFirst ? {} : { p: onPull }),
    c: () => void copy(copies[0]?.text ?? ''),
    d: () => void copy(details.digest),
    v: () => setDialog('compare'),
    t: () => setDialog('copy'),
  });
  return (
    <>
      {isFirst ? null : (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Download size={13} aria-hidden="true" />}
          title={`${t('browse.pull')} (P)`}
          onClick={onPull}
        >
          {t('browse.pull')}
        </Button>
      )}
      <MenuButton
        label={t('image.copy')}
        icon={<Copy size={15} aria-hidden="true" />}
        items={copies.map(({ label, text }) => ({ label: t(label), run: () => void copy(text) }))}
      />
      <MenuButton
        label={t('image.more')}
        icon={<Ellipsis size={15} aria-hidden="true" />}
        items={[
          { label: t('image.compare'), hint: 'V', run: () => setDialog('compare') },
          { label: t('image.copyTo'), hint: 'T', run: () => setDialog('copy') },
          { label: t('image.save.docker-archive'), run: () => onSave('docker-archive') },
          { label: t('image.save.oci'), run: () => onSave('oci') },
          ...(isFirst
            ? []
            : [
                { label: t('image.retag'), run: () => setDialog('retag') },
                { label: t('image.delete'), danger: true, run: () => setDialog('delete') },
              ]),
        ]}
      />
      {dialog === 'compare' ? <CompareDialog choice={choice} onClose={close} /> : null}
      {dialog === 'copy' ? (
        <CopyDialog choice={choice} platforms={details.platforms} onClose={close} />
      ) : null}
      {dialog === 'retag' ? <RetagDialog place={place} onClose={close} /> : null}
      {dialog === 'delete' ? <DeleteDialog place={place} onClose={close} /> : null}
    </>
  );
}
