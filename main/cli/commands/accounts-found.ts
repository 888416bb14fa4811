import { foundLines } from '../accounts/found-lines.ts';
import { defineCommand } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { paint } from '../text/paint.ts';

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
      const documents = found.map(({ problem, ...login }) => ({
        ...login,
        problem: problem && problemDocument(t, problem),
      }));
      out.json({ found: documents });
      return 0;
    }
    if (found.length === 0) err.line(t('cli.accountsFound.empty'));
    for (const login of found) {
      for (const line of foundLines(t, login)) out.line(line);
      if (login.problem) printProblem(out, t, login.problem, paint('warn', '!'), '    ');
    }
    const isAnyReady = found.some(({ problem }) => problem === null);
    if (isAnyReady) out.line(t('cli.accountsFound.next', { command: 'regent accounts import' }));
    return 0;
  },
);
