import { useState } from 'react';
import type { RegentClient } from '../../../shared/contract/client.ts';
import type { TrustResult } from '../../../shared/model/trust.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { CertificateFacts } from './certificate-facts.tsx';
import { allowsTrust, compareFingerprint } from './compare-fingerprint.ts';
import { ConsumerChoice } from './consumer-choice.tsx';
import { FingerprintCheck } from './fingerprint-check.tsx';
import { PlainHttpWarning } from './plain-http-warning.tsx';
import { PlanDecision } from './plan-decision.tsx';
import { useApply } from './use-apply.ts';
import { useConsumers } from './use-consumers.ts';
import { usePlan } from './use-plan.ts';

/** What a bundle from another machine says. */
export type Bundle = Awaited<ReturnType<RegentClient['trust']['readBundle']>>;

/** Shows what a bundle would have trusted, and asks once. Nothing of it is accepted in silence. */
export function ImportDecision(props: {
  readonly bundle: Bundle;
  readonly onDone: (result: TrustResult) => void;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { client } = useRegent();
  const { address, kind, certificates } = props.bundle;
  const insecure = kind === 'insecure';
  const [certificate] = certificates;
  const [typed, setTyped] = useState('');
  const [isSure, setSure] = useState(false);
  const consumers = useConsumers(insecure);
  const key = consumers.chosen === null ? null : consumers.chosen.join(' ');
  const plan = usePlan(key, (signal) =>
    client.trust.plan(
      {
        address,
        ...(insecure
          ? { insecure }
          : { pem: certificates.map(({ pem }) => pem).join('\n'), sha256: certificate?.sha256 }),
        consumers: consumers.sent,
      },
      { signal },
    ),
  );
  const apply = useApply({ onDone: props.onDone, onSpent: plan.reload });
  const comparison = compareFingerprint(typed, certificate?.sha256 ?? '', []);
  return (
    <>
      <p ref={takeFocus} tabIndex={-1} className="quiet-focus">
        {t('registries.import.says', { address })}
      </p>
      {insecure ? (
        <PlainHttpWarning address={address} isSure={isSure} onSure={setSure} />
      ) : (
        <p>{t(`common.trustKind.${kind}`)}</p>
      )}
      {certificate ? (
        <>
          <CertificateFacts certificate={certificate} />
          <FingerprintCheck
            sha256={certificate.sha256}
            typed={typed}
            comparison={comparison}
            isGiven={false}
            onType={setTyped}
          />
        </>
      ) : null}
      <ConsumerChoice
        found={consumers.found}
        chosen={consumers.chosen ?? []}
        insecure={insecure}
        onChange={consumers.choose}
      />
      <PlanDecision
        place="dialog"
        plan={plan}
        apply={apply}
        confirmLabel={insecure ? t('registries.plain.allow') : t('registries.certificate.trust')}
        isAllowed={insecure ? isSure : allowsTrust(comparison)}
        danger={insecure}
        onCancel={props.onClose}
      />
    </>
  );
}

/** The button that led here is gone; reading goes on at the top. */
function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
