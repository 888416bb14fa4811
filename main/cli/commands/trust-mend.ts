import { defineCommand } from '../command.ts';
import { carryOut, showOnly } from '../trust/carry-out.ts';
import { confirmChanges } from '../trust/confirm.ts';
import { printPlan } from '../trust/print-plan.ts';

/** `regent trust mend`: puts one leftover out of the way; undone together with the address's trust. */
export const trustMend = defineCommand(
  {
    name: 'trust mend',
    about: 'cli.trustMend.about',
    args: [{ name: 'ID' }],
    options: {
      yes: { type: 'boolean', short: 'y', about: 'cli.trustMend.yes' },
      'dry-run': { type: 'boolean', about: 'cli.trust.dryRun' },
    },
    examples: ['trust mend ID', 'trust mend ID --dry-run'],
  },
  async (context, { args, options }) => {
    const { client, json, signal } = context;
    const plan = await client.trust.planMend({ messId: args.ID }, { signal });
    if (!json) printPlan(context, plan);
    if (options['dry-run']) return showOnly(context, plan);
    if (!options.yes) await confirmChanges(context, plan);
    return await carryOut(context, plan);
  },
);
