import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RegentError } from '../../../../shared/errors/regent-error.ts';
import { makeIdentity, recipientOf } from './age.ts';
import { isGuarded } from './is-guarded.ts';
import type { StoreFiles } from './store-files.ts';

/** Why a key file is refused; the words are in the catalogue, `errors.KEY_FILE_INVALID.why`. */
type KeyFileFault =
  | 'othersCanRead'
  | 'foreignOwner'
  | 'foreignLink'
  | 'openFolder'
  | 'notAFile'
  | 'tooBig'
  | 'encrypted'
  | 'notAnIdentity'
  | 'otherKey';

/** What a key file holds: identities, each with the recipient to encrypt for. At least one. */
export interface KeyFile {
  readonly identities: readonly string[];
  readonly recipients: readonly [string, ...string[]];
}

const LIMIT = 64 * 1024;

/** A key file that can't be used. `fault` may also be the system's code. */
export function keyFileInvalid(
  path: string,
  fault: KeyFileFault | (string & {}),
  cause?: unknown,
): RegentError {
  return new RegentError('KEY_FILE_INVALID', { path, reason: fault }, cause);
}

/**
 * Reads an age identity file as `age-keygen` writes it (age: cmd/age-keygen; lines of `#` are comments), and only one
 * that nobody else can read or have put there.
 * @throws RegentError `KEY_FILE_INVALID`
 */
export async function readKeyFile(path: string): Promise<KeyFile> {
  const text = await readSafely(path);
  if (/^(age-encryption\.org\/|-----BEGIN AGE)/.test(text)) throw keyFileInvalid(path, 'encrypted');
  const identities = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const recipients = await Promise.all(identities.map(recipientOf));
  const [first, ...others] = recipients.filter((recipient) => recipient !== undefined);
  if (first === undefined || others.length + 1 < identities.length) {
    throw keyFileInvalid(path, 'notAnIdentity');
  }
  return { identities, recipients: [first, ...others] };
}

/**
 * Makes a key file with a new identity, unless there is a file of that name.
 * @param created for people, in the file's first line; ISO 8601
 * @throws RegentError `FILE_FAILED`
 */
export async function makeKeyFile(path: string, files: StoreFiles, created: string): Promise<void> {
  if ((await lstat(path).catch(() => undefined)) !== undefined) return;
  const { identity, recipient } = await makeIdentity();
  const lines = [`# created: ${created}`, `# public key: ${recipient}`, identity];
  await files.create(path, `${lines.join('\n')}\n`);
}

async function readSafely(path: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    const named = await lstat(path);
    if (named.isSymbolicLink() && !isOwn(named)) throw keyFileInvalid(path, 'foreignLink');
    // Of a link both: where it stands, and where it leads to.
    for (const folder of [dirname(path), dirname(await realpath(path))]) {
      if (!(await isGuarded(folder))) throw keyFileInvalid(path, 'openFolder');
    }
    // A pipe would keep a thread until somebody writes to it.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = await file.stat();
    if (!stat.isFile()) throw keyFileInvalid(path, 'notAFile');
    if (!isOwn(stat)) throw keyFileInvalid(path, 'foreignOwner');
    if ((stat.mode & 0o077) !== 0) throw keyFileInvalid(path, 'othersCanRead');
    if (stat.size > LIMIT) throw keyFileInvalid(path, 'tooBig');
    return await file.readFile('utf8');
  } catch (error) {
    if (error instanceof RegentError) throw error;
    throw keyFileInvalid(path, (error as NodeJS.ErrnoException).code ?? '', error);
  } finally {
    await file?.close();
  }
}

/** Root's files are fine as well: root could do anything anyway. */
function isOwn({ uid }: Stats): boolean {
  return uid === 0 || uid === process.geteuid?.();
}
