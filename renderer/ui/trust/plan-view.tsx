import type { TrustPlan } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { CommandLine } from '../command-line.tsx';
import { ConsumerPart } from './consumer-part.tsx';
import './plan-view.css';

/** Up to so many changes are shown unfolded. */
const FEW = 6;

/** Exactly what a plan will change and where, program by program, before anything is changed. */
export function PlanView({ plan }: { readonly plan: TrustPlan }) {
  const t = useWords();
  const { consumers } = plan;
  const due = consumers.filter(({ status }) => status === 'to-do');
  const count = due.reduce((sum, { changes }) => sum + changes.length, 0);
  const asks = due.some(({ elevated }) => elevated);
  return (
    <section className="plan" aria-label={t('registries.plan.title')}>
      <div className="plan-head">
        <h3>{t('registries.plan.title')}</h3>
        <span className="dimmed">
          {t('registries.plan.sum', { count })}{' '}
          {count === 0
            ? null
            : asks
              ? t('registries.plan.asksOnce')
              : t('registries.plan.notElevated')}
        </span>
      </div>
      <ul className="plan-parts">
        {consumers.map((consumer) => (
          <ConsumerPart key={consumer.id} consumer={consumer} unfolded={count <= FEW} />
        ))}
      </ul>
      {plan.script.trim() === '' ? null : (
        <details>
          <summary>{t('registries.plan.showScript')}</summary>
          <CommandLine command={plan.script} copyLabel={t('registries.plan.copyScript')} />
        </details>
      )}
    </section>
  );
}
