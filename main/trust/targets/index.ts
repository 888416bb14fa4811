import type { ConsumerId } from '../../../shared/model/consumer.ts';
import { buildkit } from './buildkit.ts';
import { buildx } from './buildx.ts';
import { colima } from './colima.ts';
import { containerd } from './containerd.ts';
import { dockerDesktop } from './docker-desktop.ts';
import { dockerEngine } from './docker-engine.ts';
import { dockerRootless } from './docker-rootless.ts';
import { k3s } from './k3s.ts';
import { kind } from './kind.ts';
import { minikube } from './minikube.ts';
import { podman, podmanRoot } from './podman.ts';
import { podmanMachine } from './podman-machine.ts';
import { rancherDesktop } from './rancher-desktop.ts';
import { regent } from './regent.ts';
import { systemLinux } from './system-linux.ts';
import { systemMacos } from './system-macos.ts';
import { systemWindows } from './system-windows.ts';
import type { Consumer } from './target.ts';

function systemOn(platform: NodeJS.Platform): Consumer {
  if (platform === 'darwin') return systemMacos;
  return platform === 'win32' ? systemWindows : systemLinux;
}

const everywhere: readonly Consumer[] = [
  ...[dockerEngine, dockerRootless, dockerDesktop, rancherDesktop, colima],
  ...[podman, podmanRoot, podmanMachine],
  ...[containerd, buildkit, buildx, k3s, minikube, kind],
];

/** Every consumer, in the order in which they are shown and served; Regent's own client comes last. */
export function consumersOn(platform: NodeJS.Platform): readonly Consumer[] {
  return [...everywhere, systemOn(platform), regent];
}

/** The consumer of that id. */
export function consumerOf(id: ConsumerId, platform: NodeJS.Platform): Consumer {
  const found = consumersOn(platform).find((consumer) => consumer.id === id);
  if (!found) throw new Error(`no such consumer: ${id}`);
  return found;
}
