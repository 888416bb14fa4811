import { join } from 'node:path';
import { decodeEngineMessage, plainWords } from '../../shared/errors/decode-engine-message.ts';
import { gotThrough } from '../../shared/errors/got-through.ts';
import { type Problem, problem } from '../../shared/errors/index.ts';
import { lastWords } from '../platform/last-words.ts';
import type { RunProcess } from '../platform/run-process.ts';
import { withoutLogins } from '../platform/without-logins.ts';
import { type EngineAnswer, probeImage } from './ask-engine.ts';
import type { Endpoint } from './endpoint.ts';
import { withPrivateConfig } from './private-config.ts';

/** The docker CLI as this user runs it. */
export interface DockerCli {
  /** Its absolute path. */
  readonly path: string;
  readonly run: RunProcess;
  readonly env: NodeJS.ProcessEnv;
  /** The user's own folder for it. */
  readonly dockerConfig: string;
}

/**
 * Has the docker CLI build from an image that no registry has, nothing else in it: that there is none, or that
 * nobody may see it, proves that the builder got through. Only the CLI can ask this, since it brings BuildKit's
 * client along and fetches the tokens of a build itself.
 * @param builder one of buildx's; null for the one inside the engine
 */
export function askToBuild(
  cli: DockerCli,
  endpoint: Endpoint,
  address: string,
  builder: string | null,
  signal: AbortSignal,
): Promise<EngineAnswer> {
  return withPrivateConfig(cli.dockerConfig, async (folder) => {
    const { name, digest } = probeImage(address);
    const reference = `${name}@${digest}`;
    const args = builder === null ? ['build', '-'] : ['buildx', 'build', '--builder', builder, '-'];
    const { status, stdout, stderr } = await cli.run(cli.path, args, {
      input: `FROM ${reference}\n`,
      env: environment(cli, endpoint, folder, builder),
      signal,
    });
    if (status === 0) return { problem: null, detail: '' };
    const words = lastWords(`${stdout}\n${stderr}`);
    const found = fromBuild(decodeEngineMessage(words, { address, reference }));
    return { problem: gotThrough(found) ? null : found, detail: plainWords(words) };
  });
}

function environment(
  { env, dockerConfig }: DockerCli,
  endpoint: Endpoint,
  folder: string,
  builder: string | null,
): NodeJS.ProcessEnv {
  const { BUILDX_BUILDER: _, BUILDX_CONFIG, ...rest } = withoutLogins(env);
  const builders = BUILDX_CONFIG || join(dockerConfig, 'buildx');
  return {
    ...rest,
    DOCKER_CONFIG: folder,
    BUILDKIT_PROGRESS: 'plain',
    DOCKER_CLI_HINTS: 'false',
    // A chosen builder's record is the user's; for the engine's own builder none must be chosen.
    ...(builder === null ? {} : { BUILDX_CONFIG: builders }),
    // An engine that is reached over the network was chosen by these very variables, or by a context.
    ...(endpoint.kind === 'socket' ? { DOCKER_HOST: endpoint.url, DOCKER_CONTEXT: '' } : {}),
    DOCKER_CERT_PATH: env.DOCKER_CERT_PATH || dockerConfig,
  };
}

/** In a build it is always the CLI that fetches the token, whatever the engine's version. */
function fromBuild(found: Problem): Problem {
  if (found.code !== 'ENGINE_TOKEN_UNTRUSTED') return found;
  const { address, message } = found.data;
  return problem('BUILD_TOKEN_UNTRUSTED', { address, message });
}
