import { useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import type { MessageKey } from '../../../shared/i18n/words.ts';
import { formatFingerprint } from '../../../shared/model/fingerprint.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { TrustResult } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CertificateFacts } from '../../ui/trust/certificate-facts.tsx';
import {
  allowsTrust,
  compareFingerprint,
  readFingerprint,
} from '../../ui/trust/compare-fingerprint.ts';
import { ConsumerChoice } from '../../ui/trust/consumer-choice.tsx';
import { DockerSays } from '../../ui/trust/docker-says.tsx';
import { FingerprintCheck } from '../../ui/trust/fingerprint-check.tsx';
import { PlanDecision } from '../../ui/trust/plan-decision.tsx';
import { useApply } from '../../ui/trust/use-apply.ts';
import { useConsumers } from '../../ui/trust/use-consumers.ts';
import { CandidateChoice } from './candidate-choice.tsx';
import { ChainTree } from './chain-tree.tsx';
import { ChangedCertificate } from './changed-certificate.tsx';
import { ClientCertificate } from './client-certificate.tsx';
import { asksForClient, otherProblems } from './flow.ts';
import { MissingIssuer } from './missing-issuer.tsx';
import { PasswordForm } from './password-form.tsx';
import { type Source, useWish } from './use-wish.ts';

/** Shows the certificate and what trusting it would change, and asks once. */
export function AskTrust(props: {
  readonly report: ProbeReport;
  readonly givenFingerprint: string | null;
  /** Whether the missing issuer has been looked for. */
  readonly isCompleted: boolean;
  readonly onTrusted: (result: TrustResult) => void;
  /** The server shows another certificate by now. */
  readonly onLookAgain: () => void;
  /** The issuer that the server left out is to be looked for. */
  readonly onComplete: () => void;
  readonly onCancel: () => void;
}) {
  const t = useWords();
  const { report, givenFingerprint: given } = props;
  const [leaf] = report.certificates;
  const [typed, setTyped] = useState(given === null ? '' : formatFingerprint(given));
  const consumers = useConsumers(false);
  const wish = useWish({
    report,
    first: preferredSource(report, given),
    chosen: consumers.chosen,
    consumers: consumers.sent,
  });
  const { plan, source, asksPassword } = wish;
  const apply = useApply({ onDone: props.onTrusted, onSpent: plan.reload });
  const sha256 = source.kind === 'shown' ? source.sha256 : (plan.plan?.certificate?.sha256 ?? null);
  const others = report.certificates.map((one) => one.sha256).filter((one) => one !== sha256);
  const comparison = compareFingerprint(typed, sha256 ?? '', others);
  const compare = (text: string): void => {
    setTyped(text);
    const meant = readFingerprint(text);
    const candidate = report.candidates.find((one) => one.sha256 === meant);
    if (candidate) wish.setSource({ kind: 'shown', sha256: candidate.sha256 });
  };
  const password = (problem: Problem) => (
    <PasswordForm problem={problem} isBusy={plan.isLoading} onSubmit={wish.givePassword} />
  );
  return (
    <>
      {report.previous && leaf ? (
        <ChangedCertificate
          address={report.address}
          previous={report.previous}
          current={report.certificates.find((one) => one.sha256 === sha256) ?? leaf}
          sameKey={report.sameKey}
        />
      ) : null}
      {report.verdict === 'untrusted' ? <WhyAsked report={report} /> : null}
      {otherProblems(report).map((problem) => (
        <ProblemNote key={problem.code} problem={problem} tone="attention" />
      ))}
      <ChainTree report={report} chosen={sha256} />
      <MissingIssuer
        report={report}
        isCompleted={props.isCompleted}
        onComplete={props.onComplete}
      />
      {report.verdict === 'untrusted' ? (
        <CandidateChoice report={report} source={source} onChoose={wish.setSource} />
      ) : null}
      {asksPassword?.code === 'CA_FILE_PASSWORD' ? password(asksPassword) : null}
      {source.kind === 'file' && plan.plan?.certificate ? (
        <CertificateFacts certificate={plan.plan.certificate} />
      ) : null}
      {sha256 === null ? null : (
        <FingerprintCheck
          sha256={sha256}
          typed={typed}
          comparison={comparison}
          isGiven={given !== null}
          onType={compare}
        />
      )}
      {asksForClient(report) ? (
        <ClientCertificate files={wish.client} onChoose={wish.setClient} />
      ) : null}
      {asksPassword?.code === 'CLIENT_CERT_INVALID' ? password(asksPassword) : null}
      <ConsumerChoice
        found={consumers.found}
        chosen={consumers.chosen ?? []}
        onChange={consumers.choose}
      />
      {consumers.problem ? <ProblemNote problem={consumers.problem} tone="attention" /> : null}
      <PlanDecision
        place="flow"
        plan={asksPassword ? { ...plan, problem: null } : plan}
        apply={apply}
        confirmLabel={t(labelOf(report))}
        isAllowed={allowsTrust(comparison)}
        actions={{ trust: props.onLookAgain }}
        onCancel={props.onCancel}
      />
    </>
  );
}

function labelOf(report: ProbeReport): MessageKey {
  if (report.verdict === 'trusted') return 'registries.client.use';
  return report.previous ? 'registries.certificate.replace' : 'registries.certificate.trust';
}

function WhyAsked({ report }: { readonly report: ProbeReport }) {
  const t = useWords();
  const { address } = report;
  return (
    <>
      <details className="why">
        <summary>
          <span className="why-asked">{t('registries.certificate.asks', { address })}</span>{' '}
          {t('registries.certificate.why')}
        </summary>
        <p>{t('registries.certificate.whyAnswer')}</p>
        <DockerSays words={report.dockerSays} />
      </details>
      {report.loopback ? <p className="dimmed">{t('registries.certificate.loopback')}</p> : null}
    </>
  );
}

/**
 * The certificate whose fingerprint was given; else one like that which was trusted before, so that no renewal
 * widens a trust by itself; else the issuer, whose trust outlasts renewals; else the first.
 */
function preferredSource({ candidates, previous }: ProbeReport, given: string | null): Source {
  const usual = previous && !previous.isCa ? 'leaf' : 'ca';
  const preferred =
    candidates.find(({ sha256 }) => sha256 === given) ??
    candidates.find(({ kind }) => kind === usual) ??
    candidates[0];
  return preferred ? { kind: 'shown', sha256: preferred.sha256 } : { kind: 'none' };
}
