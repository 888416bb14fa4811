import { RegentError } from '../../../shared/errors/regent-error.ts';
import type { SecretStoreStatus } from '../../../shared/model/secret-store.ts';
import type { Clock } from '../../platform/clock.ts';
import { withLock } from '../../platform/with-lock.ts';
import { checkKeychain } from '../check-keychain.ts';
import { agentSockets } from './agent/agent-place.ts';
import type { AgentStarter } from './agent/start-agent.ts';
import { stopAgent } from './agent/stop-agent.ts';
import { changePlace } from './change-place.ts';
import { identityPath, loginFolder } from './files/login-folder.ts';
import { choicePath, readChoice, type StoreChoice } from './files/store-choice.ts';
import { systemFiles } from './files/store-files.ts';
import type { SecretStoreService } from './secret-store.ts';
import type { SecretStoreOptions } from './secret-store-options.ts';
import { describeFiles } from './store-status.ts';

/** What the choice of the place is made with. */
export interface CreateSecretStoreOptions extends SecretStoreOptions {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly agent: AgentStarter;
  /** Of scrypt, see `sealWithPassphrase`; tests take less. */
  readonly workFactor?: number;
}

/** Eight hours: a working day. */
const DEFAULT_MINUTES = 480;

/** Makes the choice of the place for logins. */
export function createSecretStore(options: CreateSecretStoreOptions): SecretStoreService {
  const { data, env, keychain, agent, clock } = options;
  const files = options.files ?? systemFiles;
  // Windows' own store is always there.
  const offersFiles = options.platform !== 'win32';
  const current = async () => (await readChoice(data, files)).choice;
  const status = async (): Promise<SecretStoreStatus> => {
    const choice = await current();
    return {
      kind: choice ? 'file' : 'keychain',
      offersFiles,
      keychain: await checkKeychain(keychain),
      file: choice ? await describeFiles(options, files, choice) : null,
    };
  };
  const start = (recipient: string, passphrase: string, minutes = DEFAULT_MINUTES) =>
    agent.start({
      identityFile: identityPath(loginFolder(data, recipient)),
      ...{ recipient, passphrase },
      until: clock.now() + minutes * 60_000,
      sockets: agentSockets(data, env, recipient),
    });
  const stop = ({ recipient }: StoreChoice) => stopAgent(agentSockets(data, env, recipient));
  return {
    status,
    choose: async (wish) => {
      if (!offersFiles && wish.kind !== 'keychain') {
        throw new RegentError('STORE_UNSUPPORTED', {});
      }
      await withLock(choicePath(data), async () => {
        const old = await current();
        const chosen = await changePlace({ workFactor: 18, ...options, files }, wish, old);
        if (old && old.recipient !== chosen?.recipient) await stop(old);
        if (wish.kind === 'passphrase' && chosen) await start(chosen.recipient, wish.passphrase);
      });
      return status();
    },
    unlock: async (passphrase, minutes) => {
      const choice = await current();
      if (choice?.unlockedBy !== 'passphrase') throw new RegentError('UNLOCK_NOT_NEEDED', {});
      await start(choice.recipient, passphrase, minutes);
      return status();
    },
    lock: async () => {
      const choice = await current();
      if (choice?.unlockedBy === 'passphrase') await stop(choice);
      return status();
    },
    dispose: () => agent.dispose(),
  };
}
