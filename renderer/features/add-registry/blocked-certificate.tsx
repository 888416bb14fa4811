import type { ProbeReport } from '../../../shared/model/probe.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { DockerSays } from '../../ui/trust/docker-says.tsx';
import { AdviceView } from './advice-view.tsx';
import { ChainTree } from './chain-tree.tsx';
import { ChangedCertificate } from './changed-certificate.tsx';

/** Why this server can't be made acceptable by trusting it, and what its administrator can do. There is no way around. */
export function BlockedCertificate({ report }: { readonly report: ProbeReport }) {
  const t = useWords();
  const [leaf] = report.certificates;
  const problems = report.problems.filter(({ code }) => code !== 'CERT_CHANGED');
  return (
    <>
      {report.previous && leaf ? (
        <ChangedCertificate
          address={report.address}
          previous={report.previous}
          current={leaf}
          sameKey={report.sameKey}
        />
      ) : null}
      {problems.map((problem) => (
        <ProblemNote key={problem.code} problem={problem} />
      ))}
      {problems.length === 0 ? <p>{t(`common.verdict.${report.verdict}`)}</p> : null}
      <DockerSays words={report.dockerSays} />
      <ChainTree report={report} chosen={null} />
      {report.advice ? (
        <>
          <p>{t('registries.certificate.forAdmin')}</p>
          <AdviceView advice={report.advice} />
        </>
      ) : null}
    </>
  );
}
