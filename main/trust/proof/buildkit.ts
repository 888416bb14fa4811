import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askProgram } from './ask-program.ts';
import { probeImage } from './probe-image.ts';
import type { AskConsumer } from './proof-tools.ts';
import { socketState } from './socket-state.ts';
import { notProven } from './verdict.ts';
import { withScratch } from './with-scratch.ts';

/** Asks a BuildKit daemon of its own to build from an image that no registry has. Nobody's login is told. */
export const askBuildkit: AskConsumer = async (task, tools) => {
  const socket = join(tools.places.root, 'run', 'buildkit', 'buildkitd.sock');
  const state = await socketState(socket);
  if (state === 'absent') return [notProven('build', 'no-engine')];
  const path = await tools.which('buildctl');
  if (path === undefined) return [notProven('build', 'no-tool')];
  if (state === 'closed') {
    const command = `sudo buildctl build --frontend dockerfile.v0 --local context=. --local dockerfile=.`;
    return [notProven('build', 'not-run-here', command)];
  }
  return withScratch(async (folder) => {
    const reference = probeImage(task.address);
    await writeFile(join(folder, 'Dockerfile'), `FROM ${reference}\n`);
    const args = [
      ...['--addr', `unix://${socket}`, 'build', '--progress', 'plain'],
      ...['--frontend', 'dockerfile.v0'],
      ...['--local', `context=${folder}`, '--local', `dockerfile=${folder}`],
    ];
    // It would take logins from the docker CLI's settings.
    const env = { ...tools.env, DOCKER_CONFIG: folder };
    return [await askProgram('build', { path, args, reference, env }, task, tools)];
  });
};
