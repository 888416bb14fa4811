import { defineCommand } from '../command.ts';
import { printHelper } from '../helper/print-helper.ts';
import { paint } from '../text/paint.ts';

/** `regent helper status`: what is installed, who finds which login, and what is broken. */
export const helperStatus = defineCommand(
  {
    name: 'helper status',
    about: 'cli.helper.status',
    args: [],
    options: {},
    examples: ['helper status', 'helper status --json'],
  },
  async (context) => {
    const { client, signal, t } = context;
    const status = await client.accounts.helperStatus(undefined, { signal });
    const mark = status.installed ? paint('good', '✓') : paint('dim', '–');
    const state = t(status.installed ? 'cli.helper.installed' : 'cli.helper.notInstalled');
    printHelper(context, status, `${mark} ${state}`);
    // A question answered is no failure, whatever the answer is.
    return 0;
  },
);
