import { defineCommand } from '../command.ts';
import { outcomeLine, printHelper } from '../helper/print-helper.ts';
import { repairLines } from '../helper/repair-lines.ts';

/** `regent helper repair`: mends what `helper status` found, after showing it. */
export const helperRepair = defineCommand(
  {
    name: 'helper repair',
    about: 'cli.helper.repair',
    args: [],
    options: { 'dry-run': { type: 'boolean', about: 'cli.trust.dryRun' } },
    examples: ['helper repair --dry-run', 'helper repair'],
  },
  async (context, { options }) => {
    const { client, json, out, signal, t } = context;
    const { repairs } = await client.accounts.helperStatus(undefined, { signal });
    if (!json) for (const line of repairLines(t, repairs)) out.line(line);
    if (options['dry-run']) {
      if (json) out.json({ dryRun: true, repairs });
      else out.line(t('cli.trust.nothingChanged'));
      return 0;
    }
    const status = await client.accounts.helperRepair(undefined, { signal });
    const isDone = status.problems.length === 0;
    const done = repairs.length > 0 ? 'cli.helper.doneRepair' : 'cli.helper.nothingToRepair';
    const words = t(isDone ? done : 'cli.helper.doneRepairTroubled');
    return printHelper(context, status, outcomeLine(isDone, words));
  },
);
