import type { ConsumerResult, TrustResult } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { StatusBadge, type Tone } from '../status-badge.tsx';
import { ChangeList } from './change-list.tsx';
import { NoteList } from './note-list.tsx';
import { RevertedList } from './reverted-list.tsx';
import './trust-outcome.css';

const tones: Readonly<Record<ConsumerResult['status'], Tone>> = {
  applied: 'good',
  already: 'good',
  'not-needed': 'good',
  blocked: 'attention',
  failed: 'bad',
};

/** What an applied plan changed, for each program, and what is left to do by hand. */
export function TrustOutcome({ result }: { readonly result: TrustResult }) {
  const t = useWords();
  const changed = result.consumers.flatMap(({ changes }) => changes);
  return (
    <>
      <ul className="outcomes">
        {result.consumers.map((consumer) => (
          <li key={consumer.id}>
            <StatusBadge
              tone={tones[consumer.status]}
              word={`${t(`common.consumer.${consumer.id}`)}: ${t(`common.consumerStatus.${consumer.status}`)}`}
            />
            {consumer.status === 'applied' && !consumer.live ? (
              <span className="dimmed"> {t(`common.effect.${consumer.effect}`)}</span>
            ) : null}
            {consumer.status === 'applied' ? <NoteList notes={consumer.notes} /> : null}
            {consumer.problem ? <ProblemNote problem={consumer.problem} /> : null}
          </li>
        ))}
      </ul>
      {result.reverted.length > 0 ? (
        <>
          <p>{t('registries.certificate.replaced')}</p>
          <RevertedList reverted={result.reverted} />
        </>
      ) : null}
      {changed.length > 0 ? (
        <details>
          <summary>{t('registries.certificate.whatChanged')}</summary>
          <ChangeList changes={changed} />
        </details>
      ) : null}
    </>
  );
}

/** Whether nobody trusts the registry now, so that there is nothing to go on with. */
export function isAllFailed(result: TrustResult): boolean {
  return result.consumers.every(({ status }) => status === 'failed' || status === 'blocked');
}
