import { Button } from '@mantine/core';
import { useWords } from '../../lib/words.tsx';
import { type ProblemActions, ProblemNote } from '../problem-note.tsx';
import { StatusBadge } from '../status-badge.tsx';
import { PlanView } from './plan-view.tsx';
import { TrustOutcome } from './trust-outcome.tsx';
import type { Apply } from './use-apply.ts';
import type { PlanState } from './use-plan.ts';

/** The plan, whatever stands in its way, and the one decision about it. */
export function PlanDecision(props: {
  readonly plan: PlanState;
  readonly apply: Apply;
  readonly confirmLabel: string;
  /** Whether nothing but the plan itself holds the decision back. */
  readonly isAllowed: boolean;
  /** Whether it takes protection away. */
  readonly danger?: boolean;
  /** What else can be done about problems here. */
  readonly actions?: ProblemActions;
  readonly place: 'flow' | 'dialog';
  readonly onCancel: () => void;
}) {
  const t = useWords();
  const { plan, apply, place } = props;
  return (
    <>
      {plan.plan ? <PlanView plan={plan.plan} /> : null}
      {plan.isLoading && !plan.plan ? (
        <StatusBadge tone="busy" word={t('registries.plan.making')} />
      ) : null}
      {plan.problem ? (
        <ProblemNote problem={plan.problem} actions={{ retry: plan.reload, ...props.actions }} />
      ) : null}
      {apply.failure ? <TrustOutcome result={apply.failure} /> : null}
      {apply.problem ? (
        <ProblemNote problem={apply.problem} actions={{ retry: apply.reset, ...props.actions }} />
      ) : null}
      <div className={place === 'flow' ? 'flow-actions flow-decision' : 'dialog-actions'}>
        {apply.isDeclined ? (
          <p role="status" className="decision-declined">
            {t('registries.plan.declined')}
          </p>
        ) : null}
        <Button
          variant="default"
          {...(place === 'dialog' ? { 'data-autofocus': true } : {})}
          onClick={props.onCancel}
          disabled={apply.isBusy}
        >
          {t('browse.cancel')}
        </Button>
        <Button
          {...(props.danger ? { color: 'red' } : {})}
          loading={apply.isBusy}
          disabled={!plan.plan || plan.isLoading || !props.isAllowed}
          onClick={() => plan.plan && apply.run(plan.plan.planId)}
        >
          {props.confirmLabel}
        </Button>
      </div>
    </>
  );
}
