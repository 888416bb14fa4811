import { RegentError } from '../../../shared/errors/index.ts';
import type { FoundLogin } from '../../../shared/model/found-login.ts';
import type { ConfigFiles } from '../docker-config/config-files.ts';
import type { ConfigText } from '../docker-config/config-text.ts';
import type { ConfigWish } from '../docker-config/config-wish.ts';
import { defaultHelper, saysNothing } from '../reach/docker-lookup.ts';
import { findHidden } from '../reach/find-hidden.ts';
import { hidesPartOf, podmanKey } from '../reach/podman-lookup.ts';
import type { SetUp } from '../reach/set-up.ts';
import { dockerConfigKey } from '../server-key.ts';
import type { HelperFile } from './helper-file.ts';

/** An installation at work. */
export interface OpenedInstall {
  readonly configPath: string;
  readonly files: ConfigFiles;
  readonly file: HelperFile;
  /** The registries with an account. */
  readonly addresses: readonly string[];
  readonly look: () => Promise<SetUp>;
  readonly findLogins: (signal: AbortSignal) => Promise<readonly FoundLogin[]>;
}

/** In milliseconds: every helper has three seconds for its list. */
const FIND_DEADLINE_MS = 30_000;

/** Puts the helper on the PATH and routes registries to it. @throws RegentError, see `HelperInstall` */
export async function installHelper(
  opened: OpenedInstall,
  wanted: readonly string[],
  asDefault: boolean,
): Promise<void> {
  const { configPath, files, file } = opened;
  // A config.json that can't be read is no reason to leave a helper behind, nor are logins that would be hidden.
  await files.read(configPath);
  const setUp = await opened.look();
  if (asDefault && setUp.docker) await refuseToHide(opened, setUp, setUp.docker);
  await file.install();
  await requireOnPath(file);
  await files.edit(configPath, wishesFor(setUp, wanted, asDefault));
  await routePodman(opened, setUp, wanted);
}

/** @throws RegentError `HELPER_NOT_ON_PATH` */
export async function requireOnPath(file: HelperFile): Promise<void> {
  const state = await file.state();
  if (state.kind === 'off-path') {
    throw new RegentError('HELPER_NOT_ON_PATH', { directory: state.folder });
  }
}

function wishesFor(setUp: SetUp, wanted: readonly string[], asDefault: boolean): ConfigWish[] {
  const podmanKeys = setUp.podman === null ? [] : wanted.map(podmanKey);
  const keys = [...wanted.map(dockerConfigKey), ...podmanKeys].filter((key) => key !== undefined);
  const { docker, ownChoice } = setUp;
  // Once a file names a helper for one registry, docker would no longer choose one for the others by itself, and
  // write their passwords down in plain text.
  const keepsChoice = !asDefault && keys.length > 0 && docker && saysNothing(docker) && ownChoice;
  return [
    ...(keepsChoice ? [{ kind: 'keep-default' as const, helper: ownChoice }] : []),
    ...[...new Set(keys)].map((key) => ({ kind: 'add-route' as const, key })),
    ...(asDefault ? [{ kind: 'set-default' as const }] : []),
  ];
}

/**
 * What docker would no longer find is not hidden behind a default that has not got it.
 * @throws RegentError `HELPER_HIDES_LOGINS`, or `OTHER_HELPER_FAILED` when its present default does not tell
 */
async function refuseToHide(
  { configPath, findLogins }: OpenedInstall,
  { ownChoice, health }: SetUp,
  config: ConfigText,
): Promise<void> {
  const place = { configPath, config, ownChoice };
  const now = defaultHelper(config, ownChoice);
  const known = now === undefined ? undefined : health.get(now);
  if (known?.kind === 'fails') throw known.error;
  const found = await findLogins(AbortSignal.timeout(FIND_DEADLINE_MS));
  const logins = findHidden(place, found);
  if (logins.length > 0) throw new RegentError('HELPER_HIDES_LOGINS', { logins });
}

/**
 * podman reads the routes of docker's file, but `podman login` looks only into its own and would write the password
 * there; but a login for a part of the registry, which the route would hide, is worth more. A file of podman's that can't be read or written is told by the state; docker's way is no worse for it.
 */
async function routePodman(
  { files, configPath }: OpenedInstall,
  { podman }: SetUp,
  wanted: readonly string[],
): Promise<void> {
  const login = podman?.login ?? null;
  if (podman === null || login === null || login === configPath) return;
  const named = wanted.map(podmanKey).filter((key) => key !== undefined);
  const keys = new Set(named.filter((key) => !hidesPartOf(podman, key)));
  const wishes = [...keys].map((key) => ({ kind: 'add-route' as const, key }));
  await files.edit(login, wishes).catch((error: unknown) => {
    const isTheirs = error instanceof RegentError && THEIRS.has(error.code);
    if (!isTheirs) throw error;
  });
}

const THEIRS: ReadonlySet<string> = new Set(['DOCKER_CONFIG_INVALID', 'FILE_FAILED']);
