import type { MessageKey } from '../../../shared/i18n/words.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { TrustResult } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { TrustOutcome } from '../../ui/trust/trust-outcome.tsx';
import { AskTrust } from './ask-trust.tsx';
import { BlockedCertificate } from './blocked-certificate.tsx';
import { ChangedCertificate } from './changed-certificate.tsx';
import { asksForClient, type Flow, placeOf } from './flow.ts';
import { PlainHttp } from './plain-http.tsx';
import { Section } from './section.tsx';

interface CertificateSectionProps {
  readonly flow: Flow;
  readonly givenFingerprint: string | null;
  readonly onTrusted: (result: TrustResult) => void;
  readonly onLookAgain: () => void;
  readonly onComplete: () => void;
  readonly onCancel: () => void;
}

/** The second part: the certificate, and the one decision about it. */
export function CertificateSection(props: CertificateSectionProps) {
  const t = useWords();
  const { flow } = props;
  const place = placeOf(flow);
  const title = t('registries.add.certificate');
  if (place === 'address' || !flow.report)
    return <Section number={2} title={title} state="ahead" />;
  if (place === 'certificate') {
    return (
      <Section number={2} title={title} state="open">
        <Decision {...props} report={flow.report} />
      </Section>
    );
  }
  const { trustResult } = flow;
  const [leaf] = flow.report.certificates;
  return (
    <Section number={2} title={title} state="done" summary={t(summaryOf(trustResult))}>
      {flow.report.previous && leaf && !trustResult ? (
        <ChangedCertificate
          address={flow.report.address}
          previous={flow.report.previous}
          current={leaf}
          sameKey={flow.report.sameKey}
        />
      ) : null}
      {trustResult ? <TrustOutcome result={trustResult} /> : null}
    </Section>
  );
}

function summaryOf(result: TrustResult | null): MessageKey {
  if (!result) return 'registries.certificate.already';
  return result.kind === 'insecure'
    ? 'registries.plain.allowed'
    : 'registries.certificate.nowTrusted';
}

function Decision(props: CertificateSectionProps & { readonly report: ProbeReport }) {
  const { report } = props;
  if (report.verdict === 'plain-http') return <PlainHttp {...props} />;
  const canBeTrusted =
    report.verdict === 'untrusted' || (report.verdict === 'trusted' && asksForClient(report));
  if (!canBeTrusted) return <BlockedCertificate report={report} />;
  return <AskTrust {...props} isCompleted={props.flow.target?.complete ?? false} />;
}
