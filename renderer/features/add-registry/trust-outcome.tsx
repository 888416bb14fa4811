import type { ConsumerResult, TrustResult } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Changes } from './plan-view.tsx';

/** What trusting changed, for each program that was to trust. */
export function TrustOutcome({ result }: { readonly result: TrustResult }) {
  const t = useWords();
  const changed = result.consumers.flatMap(({ changes }) => changes);
  return (
    <>
      <div className="outcomes">
        {result.consumers.map((consumer) => (
          <StatusBadge
            key={consumer.id}
            tone={consumer.status === 'failed' ? 'bad' : 'good'}
            word={`${t(`common.consumer.${consumer.id}`)}: ${t(`common.consumerStatus.${consumer.status}`)}`}
          />
        ))}
      </div>
      {result.consumers
        .map(failureOf)
        .map((failure) =>
          failure ? <ProblemNote key={failure.id} problem={failure.problem} /> : null,
        )}
      {changed.length > 0 ? (
        <details>
          <summary>{t('registries.certificate.whatChanged')}</summary>
          <Changes changes={changed} />
        </details>
      ) : null}
    </>
  );
}

function failureOf(consumer: ConsumerResult) {
  return consumer.problem ? { id: consumer.id, problem: consumer.problem } : undefined;
}
