import { foundDocument, printFound } from '../accounts/print-found.ts';
import { defineCommand } from '../command.ts';

/** `regent accounts found`: the logins that other programs keep, and what is unsafe about each. */
export const accountsFound = defineCommand(
  {
    name: 'accounts found',
    about: 'cli.accountsFound.about',
    args: [],
    options: {},
    examples: ['accounts found', 'accounts found --json'],
  },
  async ({ client, json, out, err, signal, t }) => {
    const found = await client.accounts.found(undefined, { signal });
    if (json) {
      out.json({ found: found.map((login) => foundDocument(t, login)) });
      return 0;
    }
    if (found.length === 0) err.line(t('cli.accountsFound.empty'));
    for (const login of found) printFound({ out, t }, login);
    const isAnyReady = found.some(({ problem }) => problem === null);
    if (isAnyReady) out.line(t('cli.accountsFound.next', { command: 'regent accounts import' }));
    return 0;
  },
);
