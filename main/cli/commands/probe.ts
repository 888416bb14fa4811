import type { ExitStatus } from '../../../shared/errors/index.ts';
import { explain, type Translator } from '../../../shared/i18n/index.ts';
import type { ProbeReport, Verdict } from '../../../shared/model/probe.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { look, stepPrinter } from '../look.ts';
import { certificateLines } from '../print-certificate.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { readAddress } from '../read-address.ts';
import { paint } from '../text/paint.ts';

/** `regent probe`: looks at a server, sends no credentials, changes nothing. */
export const probe = defineCommand(
  {
    name: 'probe',
    about: 'cli.probe.about',
    args: [{ name: 'ADDRESS' }],
    options: {},
    examples: ['probe registry.example.com:5000', 'probe registry.example.com:5000 --json'],
  },
  async (context, { args }) => {
    const address = readAddress(args.ADDRESS);
    const report = await look(context, address, stepPrinter(context));
    if (context.json) context.out.json(reportDocument(context.t, report));
    else printReport(context, report);
    return exitOf(report.verdict);
  },
);

function reportDocument(t: Translator, report: ProbeReport) {
  const problems = report.problems.map((problem) => ({
    ...problemDocument(t, problem),
    data: problem.data,
  }));
  return { ...report, problems };
}

function printReport({ out, t, clock }: CommandContext, report: ProbeReport): void {
  const { verdict, dockerSays, certificates, problems, address } = report;
  report.certificates.forEach((certificate, index) => {
    out.line();
    const count = { number: index + 1, count: certificates.length };
    out.line(paint('bold', t('cli.probe.certificate', count)));
    for (const line of certificateLines(t, certificate, clock.now())) out.line(`  ${line}`);
  });
  out.line();
  const words = t(`common.verdict.${verdict}`);
  out.line(`${address}: ${paint(exitOf(verdict) === 0 ? 'good' : 'bad', words)}`);
  if (dockerSays && !problems.some((problem) => explain(t, problem).why.includes(dockerSays))) {
    out.line(t('cli.probe.dockerSays', { words: dockerSays }));
  }
  for (const problem of problems) {
    out.line();
    printProblem(out, t, problem, paint('warn', '!'));
  }
}

/** A verdict counts as the failure that it would be for the next command. */
function exitOf(verdict: Verdict): ExitStatus | 0 {
  switch (verdict) {
    case 'trusted':
      return 0;
    case 'unreachable':
      return 6;
    case 'not-a-registry':
      return 5;
    default:
      return 3;
  }
}
