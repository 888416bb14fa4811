import type { ExitStatus } from '../../../shared/errors/index.ts';
import type { Translator } from '../../../shared/i18n/index.ts';
import type { ProbeReport, Verdict } from '../../../shared/model/probe.ts';
import { defineCommand } from '../command.ts';
import { completeOption, look, stepPrinter } from '../look.ts';
import { problemDocument } from '../print-problem.ts';
import { printReport } from '../probe/print-report.ts';
import { readAddress } from '../read-address.ts';

/** `regent probe`: looks at a server, sends no credentials, changes nothing. */
export const probe = defineCommand(
  {
    name: 'probe',
    about: 'cli.probe.about',
    args: [{ name: 'ADDRESS' }],
    options: { complete: completeOption },
    examples: [
      'probe registry.example.com:5000',
      'probe registry.example.com:5000 --complete',
      'probe registry.example.com:5000 --json',
    ],
  },
  async (context, { args, options }) => {
    const address = readAddress(args.ADDRESS);
    const report = await look(context, address, stepPrinter(context), options.complete);
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
