import { join } from 'node:path';
import { askProgram } from './ask-program.ts';
import { imageToTry, probeImage } from './probe-image.ts';
import type { AskConsumer, ProofTask, ProofTools, WayVerdict } from './proof-tools.ts';
import { socketState } from './socket-state.ts';
import { notProven } from './verdict.ts';

/** Pulls that a containerd can be asked for, first choice first; each takes the image last. */
type Pullers = readonly (readonly [program: string, ...args: string[]])[];

/**
 * Asks a containerd to pull: as Kubernetes does with `crictl`, which reads its settings, too, or with `ctr`, which is
 * told the folder. It has no sign-in of its own, and pushes as it pulls.
 */
export const askContainerd: AskConsumer = (task, tools) => {
  const { root } = tools.places;
  const socket = join(root, 'run', 'containerd', 'containerd.sock');
  const folder = join(root, 'etc', 'containerd', 'certs.d');
  return askToPull(task, tools, socket, [
    ['crictl', '--runtime-endpoint', `unix://${socket}`, 'pull'],
    ['ctr', '--address', socket, 'images', 'pull', '--hosts-dir', folder],
  ]);
};

/** k3s brings a containerd of its own, and its own crictl. */
export const askK3s: AskConsumer = (task, tools) => {
  const socket = join(tools.places.root, 'run', 'k3s', 'containerd', 'containerd.sock');
  return askToPull(task, tools, socket, [['k3s', 'crictl', 'pull']]);
};

async function askToPull(
  task: ProofTask,
  tools: ProofTools,
  socket: string,
  pullers: Pullers,
): Promise<readonly WayVerdict[]> {
  const state = await socketState(socket);
  if (state === 'absent') return [notProven('pull', 'no-engine')];
  for (const [program, ...args] of pullers) {
    const path = await tools.which(program);
    if (path === undefined) continue;
    if (state === 'closed') {
      const command = ['sudo', program, ...args, imageToTry(task.address)].join(' ');
      return [notProven('pull', 'not-run-here', command)];
    }
    const reference = probeImage(task.address);
    const command = { path, args: [...args, reference], reference };
    return [await askProgram('pull', command, task, tools), notProven('push', 'same-as-pull')];
  }
  return [notProven('pull', 'no-tool')];
}
