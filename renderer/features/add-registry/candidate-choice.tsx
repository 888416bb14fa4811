import { Radio } from '@mantine/core';
import type { ProbeReport, TrustCandidate } from '../../../shared/model/probe.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { commonName } from '../../ui/trust/common-name.ts';
import type { Source } from './use-wish.ts';

/** The choice that stands for a file instead of a certificate that was shown. */
const FILE = 'file';

/** Asks what to trust, in words of what each can do: the issuer, this one certificate, or the authority in a file. */
export function CandidateChoice(props: {
  readonly report: ProbeReport;
  readonly source: Source;
  readonly onChoose: (source: Source) => void;
}) {
  const t = useWords();
  const { client } = useRegent();
  const { source, onChoose } = props;
  const { candidates, certificates } = props.report;
  const nameOf = (candidate: TrustCandidate): string => {
    const certificate = certificates.find(({ sha256 }) => sha256 === candidate.sha256);
    return certificate ? commonName(certificate.subject) : '';
  };
  const chooseFile = async (): Promise<void> => {
    const { path } = await client.trust.chooseFile({ purpose: 'authority' });
    if (path !== null) onChoose({ kind: 'file', path });
  };
  return (
    <div className="choices">
      {candidates.length === 0 && source.kind === 'none' ? (
        <p>{t('registries.certificate.needsFile')}</p>
      ) : (
        <Radio.Group
          label={t('registries.certificate.trustWhat')}
          value={source.kind === 'shown' ? source.sha256 : source.kind}
          onChange={(sha256) => {
            if (sha256 !== FILE) onChoose({ kind: 'shown', sha256 });
          }}
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
            {source.kind === 'file' ? (
              <Radio
                value={FILE}
                size="xs"
                label={
                  <>
                    {t('registries.certificate.fromFile')} <code dir="ltr">{source.path}</code>
                  </>
                }
              />
            ) : null}
          </div>
        </Radio.Group>
      )}
      <button type="button" className="text-button" onClick={() => void chooseFile()}>
        {t('registries.certificate.useFile')}
      </button>
    </div>
  );
}
