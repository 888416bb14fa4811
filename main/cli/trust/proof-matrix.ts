import type { Translator } from '../../../shared/i18n/index.ts';
import { type Proof, waySchema } from '../../../shared/model/consumer.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** How each outcome is marked, in the matrix and beside its reason. */
export const outcomeMarks = {
  proven: paint('good', '✓'),
  refused: paint('bad', '✗'),
  'not-proven': paint('warn', '?'),
} as const satisfies Readonly<Record<Proof['outcome'], string>>;

/** What each consumer says about each way in, as a table: a row a consumer, a column a way. */
export function matrixLines(t: Translator, proofs: readonly Proof[]): readonly string[] {
  const ways = waySchema.options.filter((way) => proofs.some((proof) => proof.way === way));
  const consumers = [...new Set(proofs.map(({ consumer }) => consumer))];
  const head = ['', ...ways.map((way) => paint('dim', t(`common.way.${way}`)))];
  const rows = consumers.map((consumer) => [
    t(`common.consumer.${consumer}`),
    ...ways.map((way) => {
      const proof = proofs.find((one) => one.consumer === consumer && one.way === way);
      return proof ? cellOf(t, proof) : paint('dim', '–');
    }),
  ]);
  return rows.length === 0 ? [] : setInColumns([head, ...rows]);
}

function cellOf(t: Translator, { outcome, reason }: Proof): string {
  // Read together with pulling: its own question mark would say less than that.
  if (reason === 'same-as-pull') return paint('dim', `= ${t('common.way.pull')}`);
  return `${outcomeMarks[outcome]} ${t(`common.proofOutcome.${outcome}`)}`;
}
