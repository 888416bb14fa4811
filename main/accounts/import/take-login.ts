import { type Problem, problem, RegentError } from '../../../shared/errors/index.ts';
import type { ImportedLogin } from '../../../shared/model/found-login.ts';
import type { HelperPrograms } from '../programs/helper-programs.ts';
import { entryContent } from './entry-content.ts';
import { problemWith } from './find-in-file.ts';
import { findWay } from './find-way.ts';
import { type ImportAccounts, keepLogin, type TakenLogin } from './keep-login.ts';
import { type AuthFileReading, readAuthFile } from './read-auth-file.ts';
import { removePlaintext } from './remove-plaintext.ts';
import { registryOf, type StoredLogin } from './stored-login.ts';

/** What taking a login over needs. */
export interface TakeTools {
  readonly accounts: ImportAccounts;
  readonly programs: HelperPrograms;
  /** Regent's data folder, for the lock. */
  readonly dataFolder: string;
  /** See LoginImportOptions. */
  readonly route: (address: string) => Promise<Problem | null>;
}

/** How far it has come; what fails afterwards does not undo it. */
interface Progress {
  imported: boolean;
  plaintextRemoved: boolean;
  username: string | null;
}

/** How often somebody may sign in with another password while the last one is being taken over. */
const ATTEMPTS = 5;

/**
 * Takes one login over. At each moment it is in at least one place: kept and read back first, then docker's way to it,
 * and the plain text goes last. @throws the signal's reason, and what is no RegentError
 */
export async function takeLogin(
  login: StoredLogin,
  reading: AuthFileReading | undefined,
  tools: TakeTools,
  signal: AbortSignal,
): Promise<ImportedLogin> {
  const { id, address } = login;
  const progress: Progress = { imported: false, plaintextRemoved: false, username: login.username };
  const result = (why: Problem | null): ImportedLogin => ({
    id,
    address,
    ...progress,
    problem: why,
  });
  if (login.problem) return result(login.problem);
  try {
    if (reading) return result(await takeFromFile(login, reading, tools, progress));
    return result(await takeFromHelper(login, tools, progress, signal));
  } catch (error) {
    if (error instanceof RegentError) return result(error.toProblem());
    throw error;
  }
}

/** The entry stays with the helper: without Regent's route, docker finds it there as before. */
async function takeFromHelper(
  { address, key, origin }: StoredLogin,
  { accounts, programs, route }: TakeTools,
  progress: Progress,
  signal: AbortSignal,
): Promise<Problem | null> {
  const helper = origin.kind === 'docker-helper' ? origin.helper : '';
  const { username, password } = await programs.get(helper, key, signal);
  await keepLogin(accounts, { address, username, secret: password });
  Object.assign(progress, { imported: true, username });
  const why = await route(registryOf(key));
  // Docker's way to the old helper is still there.
  return why?.code === 'HELPER_NEEDED' ? null : why;
}

async function takeFromFile(
  { address, key }: StoredLogin,
  { file, hasOtherNames }: AuthFileReading,
  { accounts, dataFolder, route }: TakeTools,
  progress: Progress,
): Promise<Problem | null> {
  let own: TakenLogin | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { config, problem: damage } = await readAuthFile(file);
    if (damage) return damage;
    const content = config ? entryContent(config, key) : undefined;
    const why = content && problemWith(content, file, key);
    if (why) return why;
    if (content?.kind !== 'login') return own ? null : problem('LOGIN_GONE', {});
    const { username, secret } = content;
    const login = { address, username, secret };
    await keepLogin(accounts, login, own);
    own = login;
    Object.assign(progress, { imported: true, username });
    // Before the way is made: that writes the file anew, and by its other name it would be out of sight.
    if (hasOtherNames) {
      return problem('TRUST_TARGET_UNSAFE', { path: file.path, reason: 'hardLinks' });
    }
    const way = await findWay(login, key, file, { accounts, route });
    if (way.stays) return way.problem;
    if (await removePlaintext(dataFolder, file, key, content)) {
      progress.plaintextRemoved = true;
      return way.problem;
    }
  }
  return problem('FILE_FAILED', { path: file.path, reason: 'EBUSY' });
}
