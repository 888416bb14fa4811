import { type Problem, problem, RegentError } from '../../../shared/errors/index.ts';
import type { HelperStatus } from '../../../shared/model/account.ts';
import type { Paths } from '../../platform/paths.ts';
import { type ConfigInspection, isRegent, openDockerConfig } from '../docker-config/docker-config.ts';
import { type HelperFileState, openHelperFile } from './helper-file.ts';
import type { Installer } from './helper-folder.ts';
import type { HelperProgram } from './helper-program.ts';
import { dockerConfigKey } from '../server-key.ts';

/** The credential helper's way into docker. Methods throw RegentError; see each. */
export interface HelperInstall {
  /** What is installed and what is wrong with it. @throws `FILE_FAILED`, `STATE_INVALID` */
  helperStatus(): Promise<HelperStatus>;
  /**
   * Puts the helper on the PATH, then routes registries to it: those given, or all with an account. A registry that
   * another helper serves stays there and is named in `problems`.
   * @throws `HELPER_FOREIGN`, `HELPER_NOT_ON_PATH` (the file is there then, but no route), `DOCKER_CONFIG_INVALID`,
   * `FILE_FAILED`, `STATE_INVALID`
   */
  helperInstall(addresses?: readonly string[]): Promise<HelperStatus>;
  /** Removes the routes, puts config.json back, removes the helper. @throws as `helperInstall`; nothing is half removed */
  helperUninstall(): Promise<HelperStatus>;
}

/** What the helper's installation needs to know. */
export interface HelperInstallOptions {
  readonly paths: Pick<Paths, 'data' | 'dockerConfig'>;
  readonly installer: Installer;
  readonly program: HelperProgram;
  /** The registries with an account. */
  readonly listAddresses: () => Promise<readonly string[]>;
}

/** Makes the installation of the credential helper. */
export function createHelperInstall(options: HelperInstallOptions): HelperInstall {
  const { paths, installer, program, listAddresses } = options;
  const config = openDockerConfig(paths);
  const file = openHelperFile(paths.data, installer, program);
  const helperStatus = async (addresses?: readonly string[]): Promise<HelperStatus> => {
    const state = await file.state();
    const seen = await config.inspect().catch(damaged);
    const installed = state.kind !== 'absent' && state.kind !== 'foreign';
    const wanted = installed ? (addresses ?? (await listAddresses())) : [];
    return {
      installed,
      path: installed ? state.path : null,
      configPath: config.path,
      routes: 'routes' in seen ? [...seen.routes] : [],
      problems:
        'routes' in seen ? [...fileProblems(state, seen), ...takenProblems(seen, wanted)] : [seen],
    };
  };
  return {
    helperStatus: () => helperStatus(),
    helperInstall: async (addresses) => {
      // A config.json that can't be read is no reason to leave a helper behind.
      await config.inspect();
      await file.install();
      const state = await file.state();
      if (state.kind === 'off-path') {
        throw new RegentError('HELPER_NOT_ON_PATH', { directory: state.folder });
      }
      const wanted = addresses ?? (await listAddresses());
      const keys = wanted.map(dockerConfigKey).filter((key) => key !== undefined);
      await config.addRoutes([...new Set(keys)]);
      return helperStatus(wanted);
    },
    helperUninstall: async () => {
      // The routes first: a route to a helper that is gone breaks docker's commands.
      await config.restore();
      await file.remove();
      return helperStatus();
    },
  };
}

function damaged(error: unknown): Problem {
  if (error instanceof RegentError && error.code === 'DOCKER_CONFIG_INVALID') {
    return error.toProblem();
  }
  throw error;
}

function fileProblems(state: HelperFileState, config: ConfigInspection): readonly Problem[] {
  const isNamed = config.routes.length > 0 || isRegent(config.credsStore);
  switch (state.kind) {
    case 'ready':
      return [];
    case 'broken':
      return [problem('HELPER_MISSING', { path: state.missing })];
    case 'off-path':
      return [problem('HELPER_NOT_ON_PATH', { directory: state.folder })];
    case 'foreign':
      return [problem('HELPER_FOREIGN', { path: state.path })];
    case 'absent':
      return isNamed ? [problem('HELPER_MISSING', { path: state.path })] : [];
  }
}

function takenProblems(config: ConfigInspection, addresses: readonly string[]): readonly Problem[] {
  return addresses.flatMap((address) => {
    const key = dockerConfigKey(address);
    const helper = key === undefined ? undefined : config.helpers.get(key);
    return helper === undefined || isRegent(helper)
      ? []
      : [problem('HELPER_ROUTE_TAKEN', { address, helper })];
  });
}
