import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Way } from '../../../shared/model/consumer.ts';
import { allEnded } from '../../platform/all-ended.ts';
import { askProgram, type Command } from './ask-program.ts';
import { namesCredentialHelpers } from './credential-helpers.ts';
import { imageToTry, probeImage } from './probe-image.ts';
import type { AskConsumer, ProofTask, ProofTools, WayVerdict } from './proof-tools.ts';
import { notProven } from './verdict.ts';
import { withScratch } from './with-scratch.ts';

/** Which of the family can be asked what, first choice first. All read trust with the same library. */
const PROGRAMS = {
  'sign-in': ['podman', 'buildah', 'skopeo'],
  pull: ['podman', 'buildah', 'skopeo'],
  build: ['podman', 'buildah'],
} as const;

/**
 * Asks Podman, Buildah or Skopeo as this process's user, as nobody: with a login file of its own, so that no login
 * of the user's is told or lost. Where programs keep logins for them, they are not asked to sign in, since that would
 * be kept there. Verification is demanded, since a registry that is listed as insecure proves nothing; unless plain
 * HTTP is what was allowed.
 */
export const askPodman: AskConsumer = (task, tools) =>
  withScratch(async (folder) => {
    const authFile = join(folder, 'auth.json');
    await writeFile(authFile, '{}', { mode: 0o600 });
    const options = [
      ...['--authfile', authFile],
      // The flag above does not keep it from the user's other login files (containers/image 5.23, config.go).
      ...['--creds', `${nobody()}:${randomBytes(16).toString('hex')}`],
      // Without the flag it is registries.conf that decides (containers/image, docker_client.go).
      ...(task.plainHttp ? [] : ['--tls-verify=true']),
    ];
    const [signIn, pull, build] = await allEnded([
      (await namesCredentialHelpers(tools))
        ? notProven('sign-in', 'same-as-pull')
        : ask('sign-in', task, tools, async (path) => signInBy(path, task, folder)),
      ask('pull', task, tools, async (path) => pullBy(path, task, options)),
      ask('build', task, tools, (path) => buildBy(path, task, options, folder)),
    ]);
    return [signIn, pull, notProven('push', 'same-as-pull'), build];
  });

/** Root's Podman can be asked by root only; what it reads differs from what a user's does. */
export const askRootPodman: AskConsumer = async (task, tools) => {
  if (tools.isRoot) return askPodman(task, tools);
  const command = `sudo podman pull ${imageToTry(task.address)}`;
  return [notProven('pull', 'not-run-here', command)];
};

async function ask(
  way: Way & keyof typeof PROGRAMS,
  task: ProofTask,
  tools: ProofTools,
  commandOf: (path: string) => Promise<Command>,
): Promise<WayVerdict> {
  for (const program of PROGRAMS[way]) {
    const path = await tools.which(program);
    if (path !== undefined) return askProgram(way, await commandOf(path), task, tools);
  }
  return notProven(way, 'no-tool');
}

/** Somebody who does not exist, so that no real account is ever locked out. */
function nobody(): string {
  return `regent-probe-${randomBytes(4).toString('hex')}`;
}

function signInBy(path: string, { address, plainHttp }: ProofTask, folder: string): Command {
  const authFile = ['--authfile', join(folder, 'sign-in.json')];
  const verify = plainHttp ? [] : ['--tls-verify=true'];
  return {
    path,
    args: ['login', ...authFile, ...verify, '--username', nobody(), '--password-stdin', address],
    input: randomBytes(16).toString('hex'),
    reference: address,
  };
}

function pullBy(path: string, { address }: ProofTask, options: readonly string[]): Command {
  const reference = probeImage(address);
  const isSkopeo = path.endsWith('skopeo');
  const args = isSkopeo
    ? ['inspect', ...options, `docker://${reference}`]
    : ['pull', ...options, reference];
  return { path, args, reference };
}

async function buildBy(
  path: string,
  { address }: ProofTask,
  options: readonly string[],
  folder: string,
): Promise<Command> {
  const reference = probeImage(address);
  const context = join(folder, 'context');
  await mkdir(context);
  await writeFile(join(context, 'Containerfile'), `FROM ${reference}\n`);
  return { path, args: ['build', ...options, context], reference };
}
