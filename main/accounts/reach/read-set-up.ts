import { type Problem, problem, RegentError } from '../../../shared/errors/index.ts';
import { findOnPath } from '../../platform/find-on-path.ts';
import { isRegent } from '../docker-config/config-edit.ts';
import type { ConfigFiles } from '../docker-config/config-files.ts';
import type { ConfigText } from '../docker-config/config-text.ts';
import type { HelperFileState } from '../helper/helper-file.ts';
import { checkHelpers } from '../programs/check-helpers.ts';
import { checkOwnHelper } from '../programs/check-own-helper.ts';
import { dockerOwnChoice } from '../programs/docker-own-choice.ts';
import { createHelperPrograms } from '../programs/helper-programs.ts';
import { linkProblem } from './link-problem.ts';
import { podmanFiles } from './podman-files.ts';
import type { SetUp } from './set-up.ts';
import { surroundingProblems } from './surrounding-problems.ts';
import type { Surroundings } from './surroundings.ts';

/** What is read. */
interface Reading {
  readonly surroundings: Surroundings;
  readonly configPath: string;
  readonly files: ConfigFiles;
  readonly helper: HelperFileState;
  readonly addresses: readonly string[];
}

/**
 * Looks at everything on which it depends who finds a login, and starts the helpers that docker would start. A file
 * that can't be read becomes a problem. @throws RegentError `FILE_FAILED` of Regent's own files
 */
export async function readSetUp(reading: Reading): Promise<SetUp> {
  const { surroundings, configPath, files, helper, addresses } = reading;
  const { env, platform, path, run } = surroundings;
  const problems: Problem[] = [];
  const read = async (file: string): Promise<ConfigText | undefined> => {
    try {
      return await files.read(file);
    } catch (error) {
      if (!(error instanceof RegentError)) throw error;
      problems.push((await linkProblem(file)) ?? toldOf(file, configPath, error));
      return undefined;
    }
  };
  const docker = await read(configPath);
  const dangling = docker && (await linkProblem(configPath));
  const podman = await readPodman(surroundings, read, configPath, docker);
  const dockersEnv = { ...env, PATH: path };
  const programs = createHelperPrograms({ env: dockersEnv, platform, run });
  const named = [docker, ...(podman?.files ?? []).map(({ config }) => config)].flatMap((config) => [
    ...(config?.routes.values() ?? []),
    ...(config === docker && docker?.credsStore ? [docker.credsStore] : []),
  ]);
  const others = named.filter((name) => name !== '' && !isRegent(name));
  const [health, ownChoice, own, around] = await Promise.all([
    checkHelpers(others, programs),
    dockerOwnChoice(programs, platform, path),
    helper.kind === 'ready' ? checkOwnHelper(helper.path, dockersEnv, run) : null,
    surroundingProblems(surroundings, addresses),
  ]);
  return {
    ...{ helper, configPath, docker, ownChoice, podman, health },
    problems: [...problems, ...(dangling ? [dangling] : []), ...(own ? [own] : []), ...around],
  };
}

async function readPodman(
  surroundings: Surroundings,
  read: (path: string) => Promise<ConfigText | undefined>,
  configPath: string,
  docker: ConfigText | undefined,
): Promise<SetUp['podman']> {
  const found = ['podman', 'skopeo', 'buildah'].map((name) => findOnPath(name, surroundings.path));
  if ((await Promise.all(found)).every((program) => program === undefined)) return null;
  const { login, search } = await podmanFiles(surroundings);
  const files = [];
  for (const path of search) {
    const config = path === configPath ? docker : await read(path);
    if (config) files.push({ path, config });
  }
  return { login, files };
}

function toldOf(path: string, configPath: string, error: RegentError): Problem {
  const isPodmans = path !== configPath && error.code === 'DOCKER_CONFIG_INVALID';
  return isPodmans ? problem('AUTH_FILE_INVALID', { path }) : error.toProblem();
}
