import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { TrustPlan, TrustResult } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { Dialog } from '../dialog.tsx';
import { PlanDecision } from './plan-decision.tsx';
import { TrustOutcome } from './trust-outcome.tsx';
import { useApply } from './use-apply.ts';
import { usePlan } from './use-plan.ts';

/** A plan that somebody wants to see and apply. */
export interface WantedPlan {
  /** What it is called, for the dialog's head. */
  readonly title: string;
  readonly text: string;
  readonly confirmLabel: string;
  readonly make: (signal: AbortSignal) => Promise<TrustPlan>;
}

/** Shows a plan, applies it after a yes, and says what was changed. */
export function PlanDialog(props: {
  readonly wanted: WantedPlan | null;
  readonly onClose: () => void;
}) {
  return props.wanted ? <OpenPlanDialog wanted={props.wanted} onClose={props.onClose} /> : null;
}

function OpenPlanDialog(props: { readonly wanted: WantedPlan; readonly onClose: () => void }) {
  const t = useWords();
  const { wanted } = props;
  const [result, setResult] = useState<TrustResult | null>(null);
  const plan = usePlan('plan', wanted.make);
  const apply = useApply({ onDone: setResult, onSpent: plan.reload });
  return (
    <Dialog wide opened title={wanted.title} onClose={props.onClose}>
      {result ? (
        <PlanEnd onClose={props.onClose}>
          <p role="status">{t('registries.plan.done')}</p>
          <TrustOutcome result={result} />
        </PlanEnd>
      ) : (
        <>
          <p>{wanted.text}</p>
          <PlanDecision
            place="dialog"
            plan={plan}
            apply={apply}
            confirmLabel={wanted.confirmLabel}
            isAllowed
            onCancel={props.onClose}
          />
        </>
      )}
    </Dialog>
  );
}

function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus();
}

/** The end of a dialog that has done its work. The focus goes to its only button. */
export function PlanEnd(props: { readonly onClose: () => void; readonly children: ReactNode }) {
  const t = useWords();
  return (
    <>
      {props.children}
      <div className="dialog-actions">
        <Button ref={takeFocus} onClick={props.onClose}>
          {t('browse.close')}
        </Button>
      </div>
    </>
  );
}
