import type { ConsumerPlan } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { StatusBadge, type Tone } from '../status-badge.tsx';
import { ChangeList } from './change-list.tsx';
import { NoteList } from './note-list.tsx';

const tones: Readonly<Record<ConsumerPlan['status'], Tone>> = {
  'to-do': 'attention',
  already: 'good',
  'not-needed': 'off',
  blocked: 'bad',
};

/** One program's part of a plan: what changes there, when it works, and what to know about it. */
export function ConsumerPart(props: {
  readonly consumer: ConsumerPlan;
  readonly unfolded: boolean;
}) {
  const t = useWords();
  const { consumer } = props;
  const isDue = consumer.status === 'to-do';
  return (
    <li>
      <div className="plan-part-head">
        <strong>{t(`common.consumer.${consumer.id}`)}</strong>
        {isDue ? (
          <span className="dimmed">{t(`common.effect.${consumer.effect}`)}</span>
        ) : (
          <StatusBadge
            tone={tones[consumer.status]}
            word={t(`common.consumerStatus.${consumer.status}`)}
          />
        )}
        {isDue && consumer.elevated ? (
          <span className="dimmed">{t('registries.plan.elevated')}</span>
        ) : null}
      </div>
      {consumer.ranHere ? null : <p className="dimmed">{t('registries.plan.notRunHere')}</p>}
      <NoteList notes={consumer.notes} />
      {consumer.problem ? <ProblemNote problem={consumer.problem} tone="attention" /> : null}
      {isDue && consumer.changes.length > 0 ? (
        <details open={props.unfolded}>
          <summary>{t('registries.plan.changes', { count: consumer.changes.length })}</summary>
          <ChangeList changes={consumer.changes} />
        </details>
      ) : null}
    </li>
  );
}
