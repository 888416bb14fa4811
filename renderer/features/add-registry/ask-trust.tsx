import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatFingerprint } from '../../../shared/model/certificate.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { TrustResult } from '../../../shared/model/trust.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CandidateChoice } from './candidate-choice.tsx';
import { CertificateFacts } from './certificate-facts.tsx';
import { allowsTrust, compareFingerprint, readFingerprint } from './compare-fingerprint.ts';
import { DockerSays } from './docker-says.tsx';
import { FingerprintCheck } from './fingerprint-check.tsx';
import { PlanView } from './plan-view.tsx';
import { TrustOutcome } from './trust-outcome.tsx';

/** Shows the certificate and what trusting it would change, and asks once. */
export function AskTrust(props: {
  readonly report: ProbeReport;
  readonly givenFingerprint: string | null;
  readonly onTrusted: (result: TrustResult) => void;
  /** The server shows another certificate by now. */
  readonly onLookAgain: () => void;
  readonly onCancel: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const { report } = props;
  const { address, candidates } = report;
  const given = props.givenFingerprint;
  const [typed, setTyped] = useState(given === null ? '' : formatFingerprint(given));
  const [chosen, setChosen] = useState(() => preferredCandidate(report, given));
  const plan = useQuery(
    api.trust.plan.queryOptions({ input: { address, sha256: chosen }, staleTime: 0, gcTime: 0 }),
  );
  const apply = useMutation(
    api.trust.apply.mutationOptions({
      onSuccess: (result) => (isAllFailed(result) ? undefined : props.onTrusted(result)),
      // A plan serves once, whatever became of it.
      onSettled: (result) => (result && !isAllFailed(result) ? undefined : plan.refetch()),
    }),
  );
  const others = report.certificates.map(({ sha256 }) => sha256).filter((one) => one !== chosen);
  const comparison = compareFingerprint(typed, chosen, others);
  const compare = (text: string): void => {
    setTyped(text);
    const meant = readFingerprint(text);
    const candidate = candidates.find(({ sha256 }) => sha256 === meant);
    if (candidate) setChosen(candidate.sha256);
  };
  const problem = problemIn(apply);
  const declined = problem?.code === 'TRUST_DECLINED';
  const [leaf] = report.certificates;
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
      {leaf ? <CertificateFacts certificate={leaf} address={address} /> : null}
      <CandidateChoice report={report} chosen={chosen} onChoose={setChosen} />
      <FingerprintCheck
        sha256={chosen}
        typed={typed}
        comparison={comparison}
        isGiven={given !== null}
        onType={compare}
      />
      {plan.data ? <PlanView plan={plan.data} /> : null}
      {plan.isError ? (
        <ProblemNote
          problem={problemIn(plan) ?? { code: 'INTERNAL', data: {} }}
          actions={{ retry: () => void plan.refetch() }}
        />
      ) : null}
      {apply.data && isAllFailed(apply.data) ? <TrustOutcome result={apply.data} /> : null}
      {problem && !declined ? (
        <ProblemNote
          problem={problem}
          actions={{ retry: () => apply.reset(), trust: props.onLookAgain }}
        />
      ) : null}
      <div className="flow-actions flow-decision">
        <Button variant="default" onClick={props.onCancel} disabled={apply.isPending}>
          {t('browse.cancel')}
        </Button>
        <Button
          loading={apply.isPending}
          disabled={!plan.data || plan.isFetching || !allowsTrust(comparison)}
          onClick={() => plan.data && apply.mutate({ planId: plan.data.planId })}
        >
          {t('registries.certificate.trust')}
        </Button>
        {declined ? <p role="status">{t('registries.certificate.declined')}</p> : null}
      </div>
    </>
  );
}

/** Whether nobody trusts the registry now, so that the flow can't go on. */
function isAllFailed(result: TrustResult): boolean {
  return result.consumers.every(({ status }) => status === 'failed');
}

/** The certificate whose fingerprint was given; else the issuer, whose trust outlasts renewals; else the first. */
function preferredCandidate(report: ProbeReport, given: string | null): string {
  const { candidates } = report;
  const preferred =
    candidates.find(({ sha256 }) => sha256 === given) ??
    candidates.find(({ kind }) => kind === 'ca') ??
    candidates[0];
  return preferred?.sha256 ?? '';
}
