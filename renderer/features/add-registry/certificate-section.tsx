import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { TrustResult } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { AskTrust } from './ask-trust.tsx';
import { BlockedCertificate } from './blocked-certificate.tsx';
import { type Flow, placeOf } from './flow.ts';
import { Section } from './section.tsx';
import { TrustOutcome } from './trust-outcome.tsx';

/** The second part: the certificate, and the one decision about it. */
export function CertificateSection(props: {
  readonly flow: Flow;
  readonly givenFingerprint: string | null;
  readonly onTrusted: (result: TrustResult) => void;
  readonly onLookAgain: () => void;
  readonly onCancel: () => void;
}) {
  const t = useWords();
  const { flow } = props;
  const place = placeOf(flow);
  const title = t('registries.add.certificate');
  if (place === 'address' || !flow.report)
    return <Section number={2} title={title} state="ahead" />;
  if (place === 'certificate') {
    return (
      <Section number={2} title={title} state="open">
        {canBeTrusted(flow.report) ? (
          <AskTrust
            report={flow.report}
            givenFingerprint={props.givenFingerprint}
            onTrusted={props.onTrusted}
            onLookAgain={props.onLookAgain}
            onCancel={props.onCancel}
          />
        ) : (
          <BlockedCertificate report={flow.report} />
        )}
      </Section>
    );
  }
  const { trustResult } = flow;
  return (
    <Section
      number={2}
      title={title}
      state="done"
      summary={
        trustResult ? t('registries.certificate.nowTrusted') : t('registries.certificate.already')
      }
    >
      {trustResult ? <TrustOutcome result={trustResult} /> : null}
    </Section>
  );
}

function canBeTrusted(report: ProbeReport): boolean {
  return report.verdict === 'untrusted' && report.candidates.length > 0;
}
