import { formatBytes, type MessageKey } from '../../../shared/i18n/index.ts';
import type { Difference, ImageComparison } from '../../../shared/model/image-comparison.ts';
import type { Layer } from '../../../shared/model/image-details.ts';
import type { CommandContext } from '../command.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** Prints how two images differ by their manifests and configs, `-` for the left one and `+` for the right one. */
export function printComparison(
  context: CommandContext,
  { shared, onlyLeft, onlyRight, toFetch, config }: ImageComparison,
): void {
  const { out, t } = context;
  const sharedBytes = shared.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const size = formatBytes(t.locale, sharedBytes);
  out.line(t('compare.shared', { count: shared.length, size }));
  const layers = [...layerRows(context, '-', onlyLeft), ...layerRows(context, '+', onlyRight)];
  for (const line of setInColumns(layers, [2])) out.line(line);
  if (toFetch !== null) {
    out.line(t('compare.toFetch', { size: formatBytes(t.locale, toFetch) }));
  }
  for (const difference of config) printDifference(context, difference);
}

function layerRows(
  { t }: CommandContext,
  mark: '-' | '+',
  layers: readonly Layer[],
): readonly (readonly string[])[] {
  return layers.map(({ digest, size, createdBy }) => [
    painted(mark),
    digest.replace(/^sha256:/, '').slice(0, 12),
    size === null ? '' : formatBytes(t.locale, size),
    createdBy ?? '',
  ]);
}

/** `env PATH`: the first word is one of ours, the rest is a name. */
function printDifference({ out, t }: CommandContext, { name, left, right }: Difference): void {
  const [word = '', ...rest] = name.split(' ');
  const key: MessageKey = `compare.name.${word}` as MessageKey;
  out.line(paint('bold', [t(key), ...rest].join(' ')));
  if (left !== null) out.line(`  ${painted('-')} ${left}`);
  if (right !== null) out.line(`  ${painted('+')} ${right}`);
}

function painted(mark: '-' | '+'): string {
  return paint(mark === '-' ? 'bad' : 'good', mark);
}
