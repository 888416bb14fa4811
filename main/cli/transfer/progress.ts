import { formatBytes, type Translator } from '../../../shared/i18n/index.ts';
import type { LayerProgress, Task } from '../../../shared/model/task.ts';
import type { Output } from '../terminal/output.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** So that the block fits into a small terminal. */
const LAYERS_SHOWN = 10;
const BAR_CELLS = 24;

/** Those at work first. */
const ORDER: readonly LayerProgress['state'][] = [
  ...(['downloading', 'uploading', 'extracting', 'retrying'] as const),
  ...(['waiting', 'done', 'present', 'mounted'] as const),
];

/** Tells snapshots of a transfer: bars that are drawn over on a terminal, a line a change elsewhere. */
export function progressPrinter(out: Output, t: Translator): (task: Task) => void {
  const states = new Map<string, LayerProgress['state']>();
  return (task) => {
    if (out.isTty) {
      if (task.state === 'running') out.status(progressLines(t, task));
      return;
    }
    for (const { id, state } of task.layers) {
      if (states.get(id) === state || state === 'waiting') continue;
      states.set(id, state);
      out.line(`${id}: ${t(`cli.layer.${state}`)}`);
    }
  };
}

/** The whole transfer in one line, then its layers, those at work first. */
export function progressLines(t: Translator, task: Task): readonly string[] {
  const layers = [...task.layers].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const shown = layers.slice(0, LAYERS_SHOWN).map((layer) => layerCells(t, layer));
  return [overallLine(t, task), ...setInColumns(shown).map((line) => `  ${line}`)];
}

function overallLine(t: Translator, { fraction, done, total, rate }: Task): string {
  const percent =
    fraction === null ? '' : new Intl.NumberFormat(t.locale, { style: 'percent' }).format(fraction);
  const speed = rate > 0 ? t('cli.pull.rate', { rate: formatBytes(t.locale, rate) }) : '';
  return [bar(fraction), percent, amount(t, done, total), speed].filter(Boolean).join('  ');
}

function layerCells(t: Translator, { id, state, done, total }: LayerProgress): readonly string[] {
  const isMoving = ['downloading', 'uploading', 'extracting'].includes(state);
  const bytes = isMoving ? amount(t, done, total) : '';
  return [paint('dim', id.slice(0, 12)), t(`cli.layer.${state}`), bytes];
}

function amount(t: Translator, done: number, total: number | null): string {
  if (total === null) return done > 0 ? formatBytes(t.locale, done) : '';
  const [part, whole] = [formatBytes(t.locale, done), formatBytes(t.locale, total)];
  return t('cli.pull.amount', { part, whole });
}

function bar(fraction: number | null): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction ?? 0)) * BAR_CELLS);
  return `${paint('good', '█'.repeat(filled))}${paint('dim', '░'.repeat(BAR_CELLS - filled))}`;
}
