import type { MessageKey } from '../../../shared/i18n/index.ts';
import type { Change, ConsumerPlan, TrustPlan } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { CommandLine } from '../../ui/command-line.tsx';
import './plan-view.css';

/** Exactly what trusting will write and where, before anything is written. */
export function PlanView({ plan }: { readonly plan: TrustPlan }) {
  const t = useWords();
  return (
    <div className="plan">
      <h3>{t('registries.plan.title')}</h3>
      <ul>
        {plan.consumers.map((consumer) => (
          <li key={consumer.id}>
            <strong>{t(`common.consumer.${consumer.id}`)}</strong>
            {': '}
            <ConsumerWords consumer={consumer} />
          </li>
        ))}
      </ul>
      {plan.script.trim() === '' ? null : (
        <details>
          <summary>{t('registries.plan.showScript')}</summary>
          <CommandLine command={plan.script} copyLabel={t('registries.plan.copyScript')} />
        </details>
      )}
    </div>
  );
}

function ConsumerWords({ consumer }: { readonly consumer: ConsumerPlan }) {
  const t = useWords();
  if (consumer.status !== 'to-do') return t(`common.consumerStatus.${consumer.status}`);
  const notes = [
    consumer.elevated ? t('registries.plan.elevated') : t('registries.plan.notElevated'),
    consumer.live ? t('registries.plan.live') : t('registries.plan.notLive'),
  ];
  return (
    <>
      <span className="dimmed">{notes.join(' ')}</span>
      <Changes changes={consumer.changes} />
    </>
  );
}

/** The single changes, one a line. */
export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const t = useWords();
  if (changes.length === 0) return null;
  return (
    <ul className="changes">
      {changes.map((change) => (
        <li key={`${change.kind} ${change.path}`}>
          {t(`common.change.${change.kind}` as MessageKey, {
            path: change.path,
            mode: change.mode,
          })}
        </li>
      ))}
    </ul>
  );
}
