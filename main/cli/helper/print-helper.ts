import type { HelperStatus } from '../../../shared/model/helper-status.ts';
import type { CommandContext } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';
import { reachTable } from './reach-table.ts';
import { repairLines } from './repair-lines.ts';

type PrintContext = Pick<CommandContext, 'json' | 'out' | 't'>;

/**
 * Prints how the helper stands, or all of it as one document. `outcome` is what stands before it.
 * @returns the exit status after a change: one that does not work as wished has failed
 */
export function printHelper(context: PrintContext, status: HelperStatus, outcome: string): 0 | 1 {
  const { json, out, t } = context;
  const { problems, repairs } = status;
  if (json) {
    out.json({ ...status, problems: problems.map((problem) => problemDocument(t, problem)) });
  } else {
    out.line(outcome);
    for (const line of setInColumns(factRows(context, status))) out.line(`  ${line}`);
    for (const line of reachTable(t, status.reach)) out.line(`  ${line}`);
    for (const problem of problems) printProblem(out, t, problem, paint('warn', '!'));
    if (repairs.length > 0) {
      out.line(t('cli.helper.repairable', { command: 'regent helper repair' }));
      for (const line of repairLines(t, repairs)) out.line(`  ${line}`);
    }
  }
  return problems.length > 0 ? 1 : 0;
}

/** A sentence with the mark of what it says. */
export function outcomeLine(isGood: boolean, words: string): string {
  return `${isGood ? paint('good', '✓') : paint('warn', '!')} ${words}`;
}

function factRows(
  { t }: PrintContext,
  { path, configPath, routes, isDefault, others }: HelperStatus,
): readonly (readonly string[])[] {
  const registries = [...routes, ...(isDefault ? [t('cli.helper.allOthers')] : [])];
  return [
    ...(path ? [[t('cli.helper.path'), path]] : []),
    [t('cli.helper.config'), configPath],
    [t('cli.helper.routes'), registries.join(', ') || t('cli.helper.noRoutes')],
    ...others.map((other) => [
      other.isDefault ? t('cli.helper.otherDefault') : t('cli.helper.other'),
      `docker-credential-${other.helper}: ${other.addresses.join(', ') || t('cli.helper.noRoutes')}`,
    ]),
  ];
}
