import type { MessageKey } from '../../../shared/i18n/index.ts';
import type { HelperStatus } from '../../../shared/model/account.ts';
import { type Command, type CommandContext, defineCommand } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** `regent helper install`: the docker command line and its kin find the logins. */
export const helperInstall = helperCommand('install', 'cli.helper.install', ({ client, signal }) =>
  client.accounts.helperInstall({}, { signal }),
);

/** `regent helper uninstall`: takes it all back. */
export const helperUninstall = helperCommand(
  'uninstall',
  'cli.helper.uninstall',
  ({ client, signal }) => client.accounts.helperUninstall(undefined, { signal }),
);

/** `regent helper status`: what is installed and which registries go through it. */
export const helperStatus = helperCommand('status', 'cli.helper.status', ({ client, signal }) =>
  client.accounts.helperStatus(undefined, { signal }),
);

function helperCommand(
  word: 'install' | 'uninstall' | 'status',
  about: MessageKey,
  call: (context: CommandContext) => Promise<HelperStatus>,
): Command {
  const name = `helper ${word}`;
  return defineCommand(
    { name, about, args: [], options: {}, examples: [name] },
    async (context) => {
      const status = await call(context);
      if (context.json) {
        const problems = status.problems.map((problem) => problemDocument(context.t, problem));
        context.out.json({ ...status, problems });
      } else {
        if (word !== 'status') printOutcome(context, word, status);
        printStatus(context, status, word === 'status');
      }
      // A question answered is no failure; a change that does not work as wished is one.
      return word !== 'status' && status.problems.length > 0 ? 1 : 0;
    },
  );
}

/** What the change came to, in a sentence. */
function printOutcome(
  { out, t }: CommandContext,
  word: 'install' | 'uninstall',
  { installed, problems }: HelperStatus,
): void {
  const isDone = problems.length === 0 && installed === (word === 'install');
  const mark = isDone ? paint('good', '✓') : paint('warn', '!');
  const sentences = {
    install: isDone ? 'cli.helper.doneInstall' : 'cli.helper.doneInstallTroubled',
    uninstall: isDone ? 'cli.helper.doneUninstall' : 'cli.helper.doneUninstallTroubled',
  } as const;
  out.line(`${mark} ${t(sentences[word])}`);
}

function printStatus({ out, t }: CommandContext, status: HelperStatus, withState: boolean): void {
  const { installed, path, configPath, routes, problems } = status;
  const mark = installed ? paint('good', '✓') : paint('dim', '–');
  const state = t(installed ? 'cli.helper.installed' : 'cli.helper.notInstalled');
  if (withState) out.line(`${mark} ${state}`);
  const rows = [
    ...(path ? [[t('cli.helper.path'), path]] : []),
    [t('cli.helper.config'), configPath],
    [t('cli.helper.routes'), routes.length > 0 ? routes.join(', ') : t('cli.helper.noRoutes')],
  ];
  for (const line of setInColumns(rows)) out.line(`  ${line}`);
  for (const problem of problems) printProblem(out, t, problem, paint('warn', '!'));
}
