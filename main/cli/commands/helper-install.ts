import { defineCommand } from '../command.ts';
import { outcomeLine, printHelper } from '../helper/print-helper.ts';
import { readAddress } from '../read-address.ts';

/** `regent helper install`: docker, podman and their kin find the logins from now on. */
export const helperInstall = defineCommand(
  {
    name: 'helper install',
    about: 'cli.helper.install',
    args: [{ name: 'ADDRESS', rest: true }],
    options: { default: { type: 'boolean', about: 'cli.helper.default' } },
    examples: [
      'helper install',
      'helper install registry.example.com:5000',
      'helper install --default',
    ],
  },
  async (context, { args, options }) => {
    const { client, signal, t } = context;
    const addresses = args.ADDRESS.map(readAddress);
    const status = await client.accounts.helperInstall(
      {
        ...(addresses.length > 0 ? { addresses } : {}),
        ...(options.default ? { asDefault: true } : {}),
      },
      { signal },
    );
    const isDone = status.installed && status.problems.length === 0;
    const words = t(isDone ? 'cli.helper.doneInstall' : 'cli.helper.doneInstallTroubled');
    return printHelper(context, status, outcomeLine(isDone, words));
  },
);
