import type { ReactNode } from 'react';
import { formatBytes } from '../../../shared/i18n/words.ts';
import { useWords } from '../../lib/words.tsx';
import { ReadingBar } from '../../ui/reading-bar.tsx';
import { blamedAddress } from './blamed-address.ts';
import type { Both } from './use-comparison.ts';
import type { FileChanges, useFileChanges } from './use-file-changes.ts';

/** A part that is known when the layers of both images are read, which begins when the reader asks for it. */
export function ReadPart(props: {
  readonly both: Both;
  /** Bytes of the layers to read. */
  readonly size: number;
  readonly changes: ReturnType<typeof useFileChanges>;
  readonly show: (changes: FileChanges) => ReactNode;
}) {
  const t = useWords();
  const { both, size } = props;
  const { reading, read, cancel } = props.changes;
  if (reading.state === 'done') return props.show(reading.result);
  return (
    <ReadingBar
      reading={reading}
      address={
        reading.state === 'failed' ? blamedAddress(reading.problem, both) : both.left.address
      }
      label={
        size === 0
          ? t('compare.read')
          : t('compare.readSize', { size: formatBytes(t.locale, size) })
      }
      hint={t('compare.hint')}
      onStart={() => void read()}
      onCancel={cancel}
    />
  );
}
