import { join } from 'node:path';
import type { FoundLogin } from '../../../shared/model/found-login.ts';
import type { HelperStatus } from '../../../shared/model/helper-status.ts';
import type { Paths } from '../../platform/paths.ts';
import { isRegent, routesToRegent } from '../docker-config/config-edit.ts';
import { openConfigFiles } from '../docker-config/config-files.ts';
import { findProblems } from '../reach/find-problems.ts';
import { findRepairs } from '../reach/find-repairs.ts';
import { reachOf } from '../reach/login-reach.ts';
import { findOtherStores } from '../reach/other-stores.ts';
import { readSetUp } from '../reach/read-set-up.ts';
import { isInstalled, type SetUp } from '../reach/set-up.ts';
import type { Surroundings } from '../reach/surroundings.ts';
import { openHelperFile } from './helper-file.ts';
import type { Installer } from './helper-folder.ts';
import type { HelperProgram } from './helper-program.ts';
import { installHelper } from './install-helper.ts';
import { repairHelper } from './repair-helper.ts';

/** The credential helper's way into docker. Methods throw RegentError; see each. */
export interface HelperInstall {
  /** Whether the helper is there, without a look at anything else. @throws `FILE_FAILED`, `STATE_INVALID` */
  isInstalled(): Promise<boolean>;
  /** What is installed, who finds which login, and what is wrong. @throws `FILE_FAILED`, `STATE_INVALID` */
  helperStatus(): Promise<HelperStatus>;
  /**
   * Puts the helper on the PATH, then routes registries to it: those given, or all with an account; where podman is,
   * in the file of `podman login` as well. A registry that another helper serves stays there and is named in
   * `problems`. `asDefault` also names Regent in `credsStore`.
   * @throws `HELPER_FOREIGN`, `HELPER_NOT_ON_PATH` (the file is there then, but no route), `DOCKER_CONFIG_INVALID`,
   * `HELPER_HIDES_LOGINS`, `OTHER_HELPER_FAILED` (when nobody can tell what would be hidden), `FILE_FAILED`,
   * `STATE_INVALID`
   */
  helperInstall(addresses?: readonly string[], asDefault?: boolean): Promise<HelperStatus>;
  /** Does what `helperStatus` says under `repairs`. @throws as `helperInstall` */
  helperRepair(): Promise<HelperStatus>;
  /**
   * Removes the routes, puts config.json and podman's file back, removes the helper. `reach` then says which logins
   * nobody finds any more. @throws as `helperInstall`; nothing is half removed
   */
  helperUninstall(): Promise<HelperStatus>;
}

/** What the helper's installation needs to know. */
export interface HelperInstallOptions {
  readonly paths: Pick<Paths, 'data' | 'dockerConfig'>;
  readonly installer: Installer;
  readonly program: HelperProgram;
  /** The registries with an account. */
  readonly listAddresses: () => Promise<readonly string[]>;
  /** The logins that other programs keep. */
  readonly findLogins: (signal: AbortSignal) => Promise<readonly FoundLogin[]>;
  readonly machine: Pick<Surroundings, 'env' | 'platform' | 'uid' | 'run'>;
  /** The PATH that docker is started with, where that is not `installer.path`. */
  readonly findPath?: () => Promise<string>;
  /** See `openConfigFiles`. */
  readonly settleMs?: number;
}

/** Makes the installation of the credential helper. */
export function createHelperInstall(options: HelperInstallOptions): HelperInstall {
  const { paths, program, listAddresses, findLogins, machine } = options;
  const configPath = join(paths.dockerConfig, 'config.json');
  const { settleMs } = options;
  const files = openConfigFiles({
    data: paths.data,
    ...(settleMs === undefined ? {} : { settleMs }),
  });
  const open = async () => {
    const path = (await options.findPath?.()) ?? options.installer.path;
    const installer = { ...options.installer, path };
    const file = openHelperFile(paths.data, installer, program);
    const addresses = await listAddresses();
    const surroundings: Surroundings = {
      ...{ ...machine, path, home: installer.home, dockerConfig: paths.dockerConfig },
    };
    const look = async () =>
      readSetUp({ surroundings, configPath, files, helper: await file.state(), addresses });
    return { ...{ configPath, files, file, surroundings, addresses, look, findLogins } };
  };
  const status = async (wanted?: readonly string[]) => {
    const { look, addresses } = await open();
    return statusOf(await look(), addresses, wanted ?? addresses);
  };
  return {
    isInstalled: async () => isInstalled(await (await open()).file.state()),
    helperStatus: () => status(),
    helperInstall: async (wanted, asDefault) => {
      const opened = await open();
      await installHelper(opened, wanted ?? opened.addresses, asDefault ?? false);
      return status(wanted);
    },
    helperRepair: async () => {
      await repairHelper(await open());
      return status();
    },
    helperUninstall: async () => {
      const { file } = await open();
      // The routes first: a route to a helper that is gone breaks docker's commands.
      await files.restore(configPath);
      await file.remove();
      return status();
    },
  };
}

function statusOf(
  setUp: SetUp,
  addresses: readonly string[],
  wanted: readonly string[],
): HelperStatus {
  const { helper, docker, configPath } = setUp;
  const installed = isInstalled(helper);
  return {
    installed,
    path: installed ? helper.path : null,
    configPath,
    routes: docker ? routesToRegent(docker) : [],
    isDefault: isRegent(docker?.credsStore),
    reach: reachOf(setUp, addresses),
    others: [...findOtherStores(setUp)],
    repairs: [...findRepairs(setUp, addresses)],
    problems: [...findProblems(setUp, wanted)],
  };
}
