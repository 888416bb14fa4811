import { explain } from '../../../shared/i18n/index.ts';
import { formatFingerprint } from '../../../shared/model/certificate.ts';
import { commandText } from '../../../shared/model/command-text.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { chainTree } from '../certificate/chain-tree.ts';
import type { CommandContext } from '../command.ts';
import { printProblem } from '../print-problem.ts';
import { paint } from '../text/paint.ts';
import { printAdvice } from './print-advice.ts';
import { printChange } from './print-change.ts';

type PrintContext = Pick<CommandContext, 'out' | 't' | 'clock'>;

/** Prints what a look at a server found. A changed certificate comes before anything else. */
export function printReport(context: PrintContext, report: ProbeReport): void {
  const { out, t } = context;
  printChange(context, report);
  printChain(context, report);
  printVerdict(context, report);
  for (const problem of report.problems) {
    out.line();
    printProblem(out, t, problem, paint('warn', '!'));
  }
  printCandidates(context, report);
  if (report.advice) printAdvice(out, t, report.advice);
}

function printChain({ out, t, clock }: PrintContext, report: ProbeReport): void {
  if (report.certificates.length === 0) return;
  out.line();
  out.line(paint('bold', t('cli.probe.chain')));
  for (const line of chainTree(t, report, clock.now())) out.line(`  ${line}`);
}

function printVerdict({ out, t }: PrintContext, report: ProbeReport): void {
  const { address, verdict, dockerSays, problems, loopback, proxy } = report;
  out.line();
  const words = paint(verdict === 'trusted' ? 'good' : 'bad', t(`common.verdict.${verdict}`));
  out.line(`${address}: ${words}`);
  if (dockerSays && !problems.some((problem) => explain(t, problem).why.includes(dockerSays))) {
    out.line(t('cli.probe.dockerSays', { words: dockerSays }));
  }
  if (loopback) out.line(paint('dim', t('cli.probe.loopback')));
  if (proxy !== null) out.line(t('common.probe.engineProxy', { proxy }));
}

function printCandidates({ out, t }: PrintContext, report: ProbeReport): void {
  const { address, candidates, certificates } = report;
  if (candidates.length === 0) return;
  out.line();
  out.line(paint('bold', t('cli.probe.candidates')));
  for (const { sha256, kind } of candidates) {
    const subject = certificates.find((one) => one.sha256 === sha256)?.subject ?? '';
    out.line(`  ${t(`common.trustKind.${kind}`)}`);
    out.line(`    ${subject}`);
    out.line(`    ${paint('bold', formatFingerprint(sha256))}`);
  }
  out.line(`  ${t('cli.probe.compare', { command: commandText(['regent', 'trust', address]) })}`);
}
