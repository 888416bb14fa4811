import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import {
  type Finished,
  type ImageStore,
  type LabEngine,
  labFolder,
  makeBuildContext,
  newerEngine,
  putCertificate,
  type RegistryFacts,
  run,
  startKeychain,
  whyLabMissing,
} from '../../lab/index.ts';
import { composePlugin } from '../../setup/compose-plugin.mjs';
import { newerEngineFolder } from '../../setup/newer-engine.mjs';
import { type RecordingHelper, writeRecordingHelper } from './recording-helper.ts';
import { type HelperUser, makeHelperUser, standaloneBuild } from './run-helper.ts';

/** Why the scene can't be set here; undefined when it can. */
export const whyNoClients =
  whyLabMissing([
    ...(['engine', 'newer-engine', 'buildx', 'compose', 'podman', 'registry', 'keychain'] as const),
    'busybox',
  ]) ?? standaloneBuild.why;

/** Somebody with every client of registries, whose helper is Regent's and notes what it is asked. */
export interface ClientScene {
  readonly engine: LabEngine;
  readonly user: HelperUser;
  readonly recorder: RecordingHelper;
  /** For clients other than docker. */
  readonly env: NodeJS.ProcessEnv;
  docker(args: readonly string[], more?: NodeJS.ProcessEnv, input?: string): Promise<Finished>;
  /** docker's settings in that folder, by default the user's own. */
  configure(settings: object, folder?: string): void;
  /** `docker-compose` of the first generation, or `docker compose`. */
  compose(generation: 1 | 2): Promise<Finished>;
  /** A build that asks for its base image again. */
  build(): Promise<Finished>;
  /** A look at the image by buildx itself, which asks the registry without the engine. */
  lookWithBuildx(): Promise<Finished>;
  /** `ADDRESS/team/hello:1.0` */
  readonly image: string;
  stop(): Promise<void>;
}

/** A client's work that has to be done. */
export const works = ({ status, stdout, stderr }: Finished): void =>
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: expect.anything() });

/**
 * Sets the scene around a registry, which the clients trust until it ends.
 * @param store that of the engine; with containerd's own, it does not trust a token server at another port
 */
export async function startClientScene(
  registry: Pick<RegistryFacts, 'address' | 'caPem'>,
  store: ImageStore = 'containerd',
): Promise<ClientScene> {
  const engine = await newerEngine(store);
  const image = `${registry.address}/team/hello:1.0`;
  const keychain = await startKeychain();
  const user = makeHelperUser(keychain.env);
  const recorder = writeRecordingHelper(join(user.home, 'recorder'), standaloneBuild);
  const env = { ...user.env, PATH: `${recorder.folder}:${process.env.PATH}` };
  putCertificate('/etc/docker/certs.d', registry);
  putCertificate('/etc/containers/certs.d', registry);
  const own = join(user.home, '.docker');
  mkdirSync(join(own, 'cli-plugins'), { recursive: true });
  for (const plugin of [composePlugin, join(newerEngineFolder, 'docker-buildx')]) {
    symlinkSync(plugin, join(own, 'cli-plugins', basename(plugin)));
  }
  const authority = join(user.home, 'ca.pem');
  writeFileSync(authority, registry.caPem);
  const docker: ClientScene['docker'] = (args, more = {}, input = '') =>
    engine.docker(args, { env: { ...env, ...more }, input });
  // What it asks by itself, such as for tokens, it asks without certs.d.
  const buildx = (args: readonly string[]) =>
    docker(['buildx', ...args], { SSL_CERT_FILE: authority });
  const cwd = mkdtempSync(join(labFolder, 'compose-'));
  const services = `services:\n  hello:\n    image: ${image}\n`;
  writeFileSync(join(cwd, '1.yml'), `version: "3"\n${services}`);
  writeFileSync(join(cwd, '2.yml'), services);
  return {
    ...{ engine, user, recorder, env, docker, image },
    configure: (settings, folder = own) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'config.json'), JSON.stringify(settings));
    },
    compose: (generation) => {
      const args = ['-f', join(cwd, `${generation}.yml`), 'pull'];
      if (generation === 2) return docker(['compose', ...args]);
      const host = { DOCKER_HOST: `unix://${engine.socketPath}` };
      return run(['docker-compose', ...args], { env: { ...env, ...host }, cwd });
    },
    build: () => buildx(['build', '--builder', 'default', '--pull', makeBuildContext(image)]),
    lookWithBuildx: () => buildx(['imagetools', 'inspect', image]),
    stop: async () => {
      for (const folder of ['docker', 'containers']) {
        rmSync(`/etc/${folder}/certs.d/${registry.address}`, { recursive: true, force: true });
      }
      await keychain.stop();
    },
  };
}
