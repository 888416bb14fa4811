import { defineCommand } from '../command.ts';
import { outcomeLine, printHelper } from '../helper/print-helper.ts';

/** `regent helper uninstall`: takes the helper and its routes back. */
export const helperUninstall = defineCommand(
  {
    name: 'helper uninstall',
    about: 'cli.helper.uninstall',
    args: [],
    options: {},
    examples: ['helper uninstall'],
  },
  async (context) => {
    const { client, signal, t } = context;
    const status = await client.accounts.helperUninstall(undefined, { signal });
    const isDone = !status.installed && status.problems.length === 0;
    const words = t(isDone ? 'cli.helper.doneUninstall' : 'cli.helper.doneUninstallTroubled');
    return printHelper(context, status, outcomeLine(isDone, words));
  },
);
