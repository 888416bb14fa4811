import { Radio } from '@mantine/core';
import type { ProbeReport, TrustCandidate } from '../../../shared/model/probe.ts';
import { useWords } from '../../lib/words.tsx';
import { commonName } from './common-name.ts';

/** Asks whether to trust the issuer or this one certificate, in words of what each can do. */
export function CandidateChoice(props: {
  readonly report: ProbeReport;
  readonly chosen: string;
  readonly onChoose: (sha256: string) => void;
}) {
  const t = useWords();
  const { candidates, certificates, address } = props.report;
  const nameOf = (candidate: TrustCandidate): string => {
    const certificate = certificates.find(({ sha256 }) => sha256 === candidate.sha256);
    return certificate ? commonName(certificate.subject) : '';
  };
  const [only] = candidates;
  if (candidates.length === 1 && only) {
    return (
      <dl className="facts">
        <dt>{t('registries.certificate.trustWhat')}</dt>
        <dd>
          {t(`common.trustKind.${only.kind}`)}
          <p className="dimmed">{t('registries.certificate.scope', { address })}</p>
        </dd>
      </dl>
    );
  }
  return (
    <Radio.Group
      label={t('registries.certificate.trustWhat')}
      description={t('registries.certificate.scope', { address })}
      value={props.chosen}
      onChange={props.onChoose}
    >
      <div className="choices">
        {candidates.map((candidate) => (
          <Radio
            key={candidate.sha256}
            value={candidate.sha256}
            size="xs"
            label={
              <>
                {t(`common.trustKind.${candidate.kind}`)}{' '}
                <span className="dimmed">({nameOf(candidate)})</span>
              </>
            }
          />
        ))}
      </div>
    </Radio.Group>
  );
}
