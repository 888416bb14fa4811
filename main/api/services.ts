import type { Settings } from '../../shared/contract/settings.ts';
import type { Accounts, Credentials } from '../accounts/accounts.ts';
import type { RegistryHeaders } from '../accounts/headers/registry-headers.ts';
import type { HelperInstall } from '../accounts/helper/helper-install.ts';
import type { LoginImport } from '../accounts/import/login-import.ts';
import type { SecretStoreService } from '../accounts/secrets/secret-store.ts';
import type { Engine } from '../engine/create-engine.ts';
import type { Clock } from '../platform/clock.ts';
import type { StateFile } from '../platform/state-file.ts';
import type { ContentStore } from '../registry/cache/content-store.ts';
import type { KeptLists } from '../registry/cache/kept-lists.ts';
import type { Viewer } from '../registry/cache/place-key.ts';
import type { KnownRegistries } from '../registry/known-registries.ts';
import type { RepositoryMarks } from '../registry/marks.ts';
import type { TokenServers } from '../registry/token-servers.ts';
import type { Tasks } from '../tasks/create-tasks.ts';
import type { ConsumerProof } from '../trust/proof/consumer-proof.ts';
import type { Trust } from '../trust/trust.ts';
import type { RegistryClients } from './clients.ts';
import type { DemoSession } from './demo-session.ts';
import type { Door } from './door.ts';

/** All that the procedures work with, built once by the composition root. */
export interface Services {
  readonly clock: Clock;
  readonly door: Door;
  readonly settings: StateFile<Settings>;
  readonly registries: KnownRegistries;
  readonly clients: RegistryClients;
  readonly tokenServers: TokenServers;
  /** Manifests and configs that were seen before. */
  readonly content: ContentStore;
  readonly kept: KeptLists;
  readonly marks: RepositoryMarks;
  /** The folder of both. */
  readonly cachePath: string;
  /** Who looks at a registry at the moment, by the login in use. */
  viewerOf(address: string): Promise<Viewer>;
  readonly trust: Trust;
  /** Has one consumer say itself whether it gets through to a registry. */
  readonly proveFor: ConsumerProof;
  readonly accounts: Accounts;
  /** What gates before registries want to see. */
  readonly headers: RegistryHeaders;
  readonly helper: HelperInstall;
  readonly imports: LoginImport;
  readonly secretStore: SecretStoreService;
  readonly engine: Engine;
  readonly tasks: Tasks;
  readonly demo: DemoSession;
  /** The login in use for a registry: from the keychain, or the demo's own. */
  credentialsFor(address: string): Promise<Credentials | null>;
}
