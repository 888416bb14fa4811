import { formatBytes, type Translator } from '../../../shared/i18n/words.ts';
import type { ImageComparison } from '../../../shared/model/image-comparison.ts';
import { useWords } from '../../lib/words.tsx';
import { bytesOf } from './layer-changes.ts';

/** The answer in short: what two images share, which one is larger, what the second one costs, how many settings differ. */
export function Summary({ comparison }: { readonly comparison: ImageComparison }) {
  const t = useWords();
  const { shared, toFetch, config } = comparison;
  const bytes = (size: number) => formatBytes(t.locale, size);
  return (
    <ul className="compare-summary">
      <li>{t('compare.shared', { count: shared.length, size: bytes(bytesOf(shared)) })}</li>
      <li>{sizeWords(t, comparison)}</li>
      {toFetch === null ? null : <li>{t('compare.toFetch', { size: bytes(toFetch) })}</li>}
      <li>{t('compare.settings', { count: config.length })}</li>
    </ul>
  );
}

function sizeWords(t: Translator, { onlyLeft, onlyRight }: ImageComparison): string {
  const more = bytesOf(onlyRight) - bytesOf(onlyLeft);
  if (more === 0) return t('compare.sizeSame');
  const size = formatBytes(t.locale, Math.abs(more));
  return more > 0 ? t('compare.sizeMore', { size }) : t('compare.sizeLess', { size });
}
