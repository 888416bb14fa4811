import type { ProbeReport } from '../../../shared/model/probe.ts';
import { useWords } from '../../lib/words.tsx';
import { CommandLine } from '../../ui/command-line.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { adminCommand } from './admin-command.ts';
import { CertificateFacts } from './certificate-facts.tsx';
import { DockerSays } from './docker-says.tsx';

/** Verdicts that a new certificate on the server would mend. */
const NEEDS_NEW_CERTIFICATE = new Set([
  'name-mismatch',
  'no-san',
  'expired',
  'weak',
  'invalid-chain',
]);

/** Why this server can't be made acceptable by trusting it, and what its administrator can do. There is no way around. */
export function BlockedCertificate({ report }: { readonly report: ProbeReport }) {
  const t = useWords();
  const [leaf] = report.certificates;
  return (
    <>
      {report.problems.map((problem) => (
        <ProblemNote key={problem.code} problem={problem} />
      ))}
      {report.problems.length === 0 ? <p>{t(`common.verdict.${report.verdict}`)}</p> : null}
      <DockerSays words={report.dockerSays} />
      {leaf ? <CertificateFacts certificate={leaf} address={report.address} /> : null}
      {NEEDS_NEW_CERTIFICATE.has(report.verdict) ? (
        <>
          <p>{t('registries.certificate.forAdmin')}</p>
          <CommandLine
            command={adminCommand(report.address)}
            copyLabel={t('registries.certificate.copyCommand')}
          />
        </>
      ) : null}
    </>
  );
}
