import { RegentError } from '../../../shared/errors/regent-error.ts';
import type { EncryptedFiles } from '../../../shared/model/secret-store.ts';
import { agentSockets } from './agent/agent-place.ts';
import { askAgent } from './agent/ask-agent.ts';
import { keyFileInvalid, readKeyFile } from './files/key-file.ts';
import { identityPath, loginFolder } from './files/login-folder.ts';
import type { StoreChoice } from './files/store-choice.ts';
import type { StoreFiles } from './files/store-files.ts';
import type { SecretStoreOptions } from './secret-store-options.ts';

type Lock = Pick<EncryptedFiles, 'locked' | 'until' | 'problem'>;

/** Looks at the encrypted files of a choice: whether their logins can be read here and now. Never rejects. */
export async function describeFiles(
  { data, env }: SecretStoreOptions,
  files: StoreFiles,
  choice: StoreChoice,
): Promise<EncryptedFiles> {
  const { unlockedBy, keyFile, recipient } = choice;
  const path = loginFolder(data, recipient);
  const lock =
    keyFile === null
      ? lockOfAgent(agentSockets(data, env, recipient), identityPath(path), files)
      : lockOfKeyFile(keyFile, recipient);
  return { path, unlockedBy, keyFile, ...(await lock.catch(lockOf)) };
}

async function lockOfKeyFile(keyFile: string, recipient: string): Promise<Lock> {
  const { recipients } = await readKeyFile(keyFile);
  if (!recipients.includes(recipient)) throw keyFileInvalid(keyFile, 'otherKey');
  return { locked: false, until: null, problem: null };
}

/** To be locked is no problem; never to be unlocked again is one. */
async function lockOfAgent(
  sockets: readonly string[],
  identity: string,
  files: StoreFiles,
): Promise<Lock> {
  const reply = await askAgent(sockets, { op: 'until' });
  if (reply?.kind === 'until') return { locked: false, until: reply.until, problem: null };
  if ((await files.read(identity)) === undefined) {
    throw new RegentError('FILE_FAILED', { path: identity, reason: 'ENOENT' });
  }
  return { locked: true, until: null, problem: null };
}

function lockOf(error: unknown): Lock {
  if (!(error instanceof RegentError)) throw error;
  return { locked: true, until: null, problem: error.toProblem() };
}
