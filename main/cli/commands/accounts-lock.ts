import { printStore } from '../accounts/print-store.ts';
import { defineCommand } from '../command.ts';

/** `regent accounts lock`: forgets the passphrase of the encrypted logins at once. */
export const accountsLock = defineCommand(
  {
    name: 'accounts lock',
    about: 'cli.accountsLock.about',
    args: [],
    options: {},
    examples: ['accounts lock'],
  },
  async (context) => {
    const { client, signal } = context;
    printStore(context, await client.accounts.lockStore(undefined, { signal }));
    return 0;
  },
);
