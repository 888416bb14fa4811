import { type ExitStatus, errorTable } from '../../../shared/errors/index.ts';
import { nameLogin } from '../../../shared/i18n/index.ts';
import type { FoundLogin, ImportedLogin } from '../../../shared/model/found-login.ts';
import { chooseLogins } from '../accounts/choose-logins.ts';
import { foundDocument, printFound } from '../accounts/print-found.ts';
import { suggestHelper } from '../accounts/suggest-helper.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { askYes, canAsk } from '../terminal/ask-yes.ts';
import { paint } from '../text/paint.ts';

/** `regent accounts import`: takes over logins of other programs; their plain text goes once they are safe here. */
export const accountsImport = defineCommand(
  {
    name: 'accounts import',
    about: 'cli.accountsImport.about',
    args: [{ name: 'ADDRESS', rest: true }],
    options: {
      all: { type: 'boolean', about: 'cli.accountsImport.all' },
      'dry-run': { type: 'boolean', about: 'cli.trust.dryRun' },
    },
    examples: [
      'accounts import',
      'accounts import registry.example.com:5000 docker.io',
      'accounts import --all --dry-run',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, out, err, signal, t } = context;
    const found = await client.accounts.found(undefined, { signal });
    const wish = { addresses: args.ADDRESS, all: options.all };
    const chosen = await chooseLogins(context, found, wish);
    if (options['dry-run']) return showOnly(context, chosen);
    await offerHelper(context, chosen);
    const ids = chosen.map(({ id }) => id);
    const results = ids.length > 0 ? await client.accounts.import({ ids }, { signal }) : [];
    if (json) {
      const imported = results.map(({ problem, ...result }) => ({
        ...result,
        problem: problem && problemDocument(t, problem),
      }));
      out.json({ imported });
      return exitOf(results);
    }
    if (results.length === 0) {
      err.line(t(found.length === 0 ? 'cli.accountsFound.empty' : 'cli.trust.nothingChanged'));
    }
    for (const result of results) printResult(context, result);
    // A login with a problem has its next step there already.
    const taken = results.filter(({ imported, problem }) => imported && !problem);
    for (const address of new Set(taken.map((one) => one.address))) {
      await suggestHelper(context, address);
    }
    return exitOf(results);
  },
);

/** Before plain text goes, docker should have another way to it; routing the registries is then the import's work. */
async function offerHelper(context: CommandContext, chosen: readonly FoundLogin[]): Promise<void> {
  const { client, signal, t } = context;
  if (!canAsk(context) || !chosen.some(({ origin }) => origin.kind !== 'docker-helper')) return;
  const { installed } = await client.accounts.helperStatus(undefined, { signal });
  if (installed || !(await askYes(context, t('cli.accountsImport.installHelper')))) return;
  await client.accounts.helperInstall({ addresses: [] }, { signal });
}

function showOnly({ json, out, t }: CommandContext, chosen: readonly FoundLogin[]): 0 {
  if (json) {
    out.json({ dryRun: true, chosen: chosen.map((login) => foundDocument(t, login)) });
    return 0;
  }
  for (const login of chosen) printFound({ out, t }, login);
  out.line(t('cli.trust.nothingChanged'));
  return 0;
}

function printResult({ out, t }: CommandContext, result: ImportedLogin): void {
  const { imported, plaintextRemoved, problem } = result;
  const mark = imported ? paint('good', '✓') : paint('bad', '✗');
  const words = t(imported ? 'cli.accountsImport.taken' : 'cli.accountsImport.failed', {
    name: nameLogin(t, result),
  });
  const isGone = plaintextRemoved ? ` ${t('cli.accountsImport.plaintextGone')}` : '';
  out.line(`${mark} ${words}${isGone}`);
  if (problem) printProblem(out, t, problem, paint('warn', '!'), '  ');
}

/**
 * A problem counts also where the login is here: then its plain text is still there. That the helper is still to be
 * installed is a hint, and no failure of what was asked for.
 */
function exitOf(results: readonly ImportedLogin[]): ExitStatus | 0 {
  const problem = results
    .flatMap((result) => result.problem ?? [])
    .find(({ code }) => code !== 'HELPER_NEEDED');
  if (problem) return errorTable[problem.code].exit || 1;
  return results.every(({ imported }) => imported) ? 0 : 1;
}
