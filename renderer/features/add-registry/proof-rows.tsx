import type { MessageKey, Translator } from '../../../shared/i18n/index.ts';
import { explain } from '../../../shared/i18n/index.ts';
import type { Proof } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { Prose } from '../../ui/prose.tsx';
import { StatusIcon, type Tone } from '../../ui/status-badge.tsx';
import './proof-rows.css';

const tones: Readonly<Record<Proof['outcome'], Tone>> = {
  proven: 'good',
  refused: 'bad',
  'not-proven': 'off',
};

/** What each program answered, for each way in, with its own words as a quotation. */
export function ProofRows({ rows }: { readonly rows: readonly Proof[] }) {
  const t = useWords();
  const common = commonReason(rows);
  return (
    <>
      <ul className="proof-rows">
        {rows.map((row) => (
          <li key={`${row.consumer} ${row.way}`}>
            <StatusIcon tone={tones[row.outcome]} size={16} />
            <div>
              <p>
                {`${t(`common.consumer.${row.consumer}`)}, ${t(`common.proofWay.${row.way}`)}: `}
                <strong>{t(`common.proofOutcome.${row.outcome}`)}</strong>
              </p>
              <Reason t={t} row={common === null ? row : { ...row, reason: null }} />
              {row.detail === '' ? null : (
                <blockquote className="proof-quote">
                  <code dir="ltr">{row.detail}</code>
                </blockquote>
              )}
              {isExpectedRefusal(row) ? (
                <p className="dimmed">{t('common.proofExpected')}</p>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {common === null ? null : <p className="proof-reason">{t(`common.proofReason.${common}`)}</p>}
      {common === 'no-engine' ? <p>{t('registries.proof.engineAdds')}</p> : null}
    </>
  );
}

/** A proven pull quotes what the registry said about a tag that isn't there, which reads like a failure. */
function isExpectedRefusal({ way, outcome, detail }: Proof): boolean {
  return way === 'pull' && outcome === 'proven' && detail !== '';
}

/** The reason that all rows share, to be said once. */
function commonReason(rows: readonly Proof[]): Proof['reason'] {
  const [first] = rows;
  return first && rows.every(({ reason }) => reason === first.reason) ? first.reason : null;
}

function Reason({ t, row }: { readonly t: Translator; readonly row: Proof }) {
  const words = [
    row.reason === null ? '' : t(`common.proofReason.${row.reason}` as MessageKey),
    row.problem === null ? '' : explain(t, row.problem).what,
    row.problem === null ? '' : explain(t, row.problem).fix,
  ].filter((part) => part !== '');
  return words.length === 0 ? null : (
    <p className="dimmed">
      <Prose text={words.join(' ')} />
    </p>
  );
}
