import { useState } from 'react';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { TrustResult } from '../../../shared/model/trust.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ConsumerChoice } from '../../ui/trust/consumer-choice.tsx';
import { PlainHttpWarning } from '../../ui/trust/plain-http-warning.tsx';
import { PlanDecision } from '../../ui/trust/plan-decision.tsx';
import { useApply } from '../../ui/trust/use-apply.ts';
import { useConsumers } from '../../ui/trust/use-consumers.ts';
import { usePlan } from '../../ui/trust/use-plan.ts';
import { AdviceView } from './advice-view.tsx';

interface PlainHttpProps {
  readonly report: ProbeReport;
  readonly onTrusted: (result: TrustResult) => void;
  readonly onCancel: () => void;
}

/** A server that speaks nothing but plain HTTP: how to switch TLS on, and apart from that, in red, the way without. */
export function PlainHttp(props: PlainHttpProps) {
  const t = useWords();
  const { report } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {report.problems.map((problem) => (
        <ProblemNote key={problem.code} problem={problem} />
      ))}
      {report.advice ? <AdviceView advice={report.advice} /> : null}
      {isOpen ? (
        <AllowPlainHttp {...props} />
      ) : (
        <button type="button" className="text-button text-danger" onClick={() => setOpen(true)}>
          {t('registries.plain.open')}
        </button>
      )}
    </>
  );
}

function AllowPlainHttp({ report, onTrusted, onCancel }: PlainHttpProps) {
  const t = useWords();
  const { client } = useRegent();
  const { address } = report;
  const [isSure, setSure] = useState(false);
  const consumers = useConsumers(true);
  const plan = usePlan(consumers.chosen?.join(' ') ?? null, (signal) =>
    client.trust.plan({ address, insecure: true, consumers: consumers.sent }, { signal }),
  );
  const apply = useApply({ onDone: onTrusted, onSpent: plan.reload });
  return (
    <>
      <div ref={takeFocus} tabIndex={-1} className="quiet-focus">
        <PlainHttpWarning address={address} isSure={isSure} onSure={setSure} />
      </div>
      <ConsumerChoice
        insecure
        found={consumers.found}
        chosen={consumers.chosen ?? []}
        onChange={consumers.choose}
      />
      <PlanDecision
        danger
        place="flow"
        plan={plan}
        apply={apply}
        confirmLabel={t('registries.plain.allow')}
        isAllowed={isSure}
        onCancel={onCancel}
      />
    </>
  );
}

/** The button that led here is gone; reading goes on at the warning. */
function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
