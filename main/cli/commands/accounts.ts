import { commandText } from '../../../shared/model/command-text.ts';
import { accountLines, groupAccounts } from '../accounts/account-lines.ts';
import { type CheckedAccount, checkAccounts, exitOfCheck } from '../accounts/check-accounts.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { paint } from '../text/paint.ts';

/** `regent accounts`: the logins that are kept, without their secrets, and whether they still work. */
export const accounts = defineCommand(
  {
    name: 'accounts',
    about: 'cli.accounts.about',
    args: [],
    options: { check: { type: 'boolean', about: 'cli.accounts.check' } },
    examples: ['accounts', 'accounts --check', 'accounts --json'],
  },
  async (context, { options }) => {
    const { client, json, out, err, signal, t } = context;
    const list = groupAccounts(await client.accounts.list(undefined, { signal }));
    const checked = options.check ? await checkAccounts(context, list) : undefined;
    const seen = checked ? checked.map(({ account }) => account) : list;
    if (json) {
      out.json({ accounts: checked ? checked.map((one) => documentOf(context, one)) : list });
      return checked ? exitOfCheck(checked) : 0;
    }
    if (list.length === 0) err.line(t('cli.accounts.empty'));
    for (const line of accountLines(t, seen)) out.line(line);
    if (seen.some(({ inUse }) => !inUse)) out.line(paint('dim', t('cli.accounts.legend')));
    for (const { address, username, kind, refusedAt } of seen) {
      if (refusedAt === null) continue;
      const how = kind === 'identity-token' ? ['--identity-token-stdin'] : ['-u', username];
      const command = commandText(['regent', 'login', address, ...how]);
      out.line(`${paint('warn', '!')} ${t('cli.accounts.signInAgain', { command })}`);
    }
    for (const { problem } of checked ?? []) {
      if (problem) printProblem(out, t, problem, paint('warn', '!'));
    }
    return checked ? exitOfCheck(checked) : 0;
  },
);

/** An account as scripts get it after a check. */
function documentOf({ t }: CommandContext, { account, answer, problem }: CheckedAccount) {
  return { ...account, answer, problem: problem && problemDocument(t, problem) };
}
