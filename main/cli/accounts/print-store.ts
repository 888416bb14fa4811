import type { Translator } from '../../../shared/i18n/index.ts';
import type { EncryptedFiles, SecretStoreStatus } from '../../../shared/model/secret-store.ts';
import type { CommandContext } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { setInColumns } from '../text/columns.ts';
import { formatMoment } from '../text/moment.ts';
import { paint } from '../text/paint.ts';

/** Prints where logins are kept and whether they can be read, or all of it as one document. */
export function printStore(
  { json, out, t }: Pick<CommandContext, 'json' | 'out' | 't'>,
  status: SecretStoreStatus,
): void {
  const { keychain, file } = status;
  if (json) {
    out.json({
      ...status,
      keychain: { ...keychain, problem: keychain.problem && problemDocument(t, keychain.problem) },
      file: file && { ...file, problem: file.problem && problemDocument(t, file.problem) },
    });
    return;
  }
  const problem = file ? file.problem : keychain.problem;
  const mark = problem ? paint('bad', '✗') : paint('good', '✓');
  const words = file
    ? t('cli.accountsStore.inFiles')
    : t('cli.accountsStore.inKeychain', { name: keychain.name });
  out.line(`${mark} ${words}`);
  for (const line of file ? setInColumns(fileRows(t, file)) : []) out.line(`  ${line}`);
  if (problem) printProblem(out, t, problem, paint('warn', '!'));
}

/** Tells a person why it takes seconds until something happens; what is printed next replaces it. */
export function showWork({ err, json, t }: Pick<CommandContext, 'err' | 'json' | 't'>): void {
  if (!json) err.status([`${paint('dim', '…')} ${t('cli.accountsStore.working')}`]);
}

function fileRows(
  t: Translator,
  { path, unlockedBy, keyFile, locked, until }: EncryptedFiles,
): readonly (readonly string[])[] {
  const state = locked
    ? paint('warn', t('cli.accountsStore.locked'))
    : until === null
      ? t('cli.accountsStore.open')
      : t('cli.accountsStore.openUntil', { moment: formatMoment(t, until) });
  return [
    [t('cli.accountsStore.folder'), path],
    [t('cli.accountsStore.unlockedBy'), t(`cli.accountsStore.by.${unlockedBy}`)],
    ...(keyFile === null ? [] : [[t('cli.accountsStore.keyFile'), keyFile]]),
    [t('cli.accountsStore.state'), state],
  ].map(([label = '', words = '']) => [paint('dim', label), words]);
}
