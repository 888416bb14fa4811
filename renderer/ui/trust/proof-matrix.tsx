import { explainHere, type MessageKey, type Translator } from '../../../shared/i18n/words.ts';
import type { ConsumerId, Proof, Way } from '../../../shared/model/consumer.ts';
import { useWords } from '../../lib/words.tsx';
import { Prose } from '../prose.tsx';
import { StatusBadge, type Tone } from '../status-badge.tsx';
import './proof-matrix.css';

const allWays: readonly Way[] = ['sign-in', 'pull', 'push', 'build'];

const tones: Readonly<Record<Proof['outcome'], Tone>> = {
  proven: 'good',
  refused: 'bad',
  'not-proven': 'off',
};

/** What each program answered for each way in, as a table, and under it why and in whose words. */
export function ProofMatrix(props: { readonly label: string; readonly rows: readonly Proof[] }) {
  const t = useWords();
  const { rows } = props;
  const consumers = [...new Set(rows.map(({ consumer }) => consumer))];
  const ways = allWays.filter((way) => rows.some((row) => row.way === way));
  return (
    <div className="proof">
      <table className="proof-matrix" aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">{t('registries.proof.program')}</th>
            {ways.map((way) => (
              <th key={way} scope="col">
                {t(`common.way.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {consumers.map((consumer) => (
            <tr key={consumer}>
              <th scope="row">{t(`common.consumer.${consumer}`)}</th>
              {ways.map((way) => (
                <td key={way}>
                  <Outcome row={rows.find((row) => row.consumer === consumer && row.way === way)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Reasons rows={rows} />
      <Quotations rows={rows} />
    </div>
  );
}

function Outcome({ row }: { readonly row: Proof | undefined }) {
  const t = useWords();
  if (!row) return <span aria-hidden="true">–</span>;
  return <StatusBadge tone={tones[row.outcome]} word={t(`common.proofOutcome.${row.outcome}`)} />;
}

/** Why something was refused or is not proven, each reason once, with the cells it is about. */
function Reasons({ rows }: { readonly rows: readonly Proof[] }) {
  const t = useWords();
  const reasons = groupBy(rows, (row) => reasonOf(t, row));
  return [...reasons].map(([words, about]) => (
    <p key={words} className="proof-reason">
      {about.length === rows.length ? null : (
        <strong>{about.map((row) => cellName(t, row)).join('; ')}: </strong>
      )}
      <Prose text={words} />
    </p>
  ));
}

function reasonOf(t: Translator, { reason, problem }: Proof): string {
  const words = [
    reason === null ? '' : t(`common.proofReason.${reason}` as MessageKey),
    // The reason says already what is wrong.
    problem === null || reason !== null ? '' : explainHere(t, problem).what,
    problem === null ? '' : explainHere(t, problem).fix,
  ];
  return words.filter((part) => part !== '').join(' ');
}

/** The programs' own words, the same ones once. What a proven pull quotes reads like a failure, so it is explained. */
function Quotations({ rows }: { readonly rows: readonly Proof[] }) {
  const t = useWords();
  const quoted = rows.filter(({ detail }) => detail !== '');
  if (quoted.length === 0) return null;
  const isRefused = quoted.some(({ outcome }) => outcome === 'refused');
  const isOdd = quoted.some(({ way, outcome }) => way !== 'sign-in' && outcome === 'proven');
  return (
    <details open={isRefused}>
      <summary>{t('registries.proof.ownWords')}</summary>
      <dl className="proof-quotes">
        {[...groupBy(quoted, ({ detail }) => detail)].map(([detail, about]) => (
          <div key={detail}>
            <dt>{about.map((row) => cellName(t, row)).join('; ')}</dt>
            <dd>
              <code dir="ltr">{detail}</code>
            </dd>
          </div>
        ))}
      </dl>
      {isOdd ? <p className="dimmed">{t('common.proofExpected')}</p> : null}
    </details>
  );
}

function groupBy(
  rows: readonly Proof[],
  keyOf: (row: Proof) => string,
): ReadonlyMap<string, readonly Proof[]> {
  const groups = new Map<string, Proof[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  groups.delete('');
  return groups;
}

function cellName(
  t: Translator,
  cell: { readonly consumer: ConsumerId; readonly way: Way },
): string {
  return `${t(`common.consumer.${cell.consumer}`)}, ${t(`common.way.${cell.way}`)}`;
}
