import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Places } from '../../../main/trust/targets/target.ts';

/** Settings of others, as people write them: comments, odd indentation, no line end. */
const settingsOfOthers: Readonly<Record<string, string>> = {
  'etc/docker/daemon.json':
    '{\n    "log-driver": "journald",\n    "features": {"buildkit": true}\n}',
  'etc/buildkit/buildkitd.toml': '# mine\ndebug = true\n\n[worker.oci]\n  gc = false\n',
  'etc/rancher/k3s/registries.yaml':
    '# mirrors of ours\nmirrors:\n  docker.io:\n    endpoint: ["https://mirror.test"]\n',
  'etc/containerd/config.toml':
    'version = 2\n\n[plugins]\n  # ours\n  [plugins."io.containerd.grpc.v1.cri"]\n    sandbox_image = "pause:3.9"\n',
  'home/.config/docker/daemon.json': '{"insecure-registries":["old.test:5000"]}\n',
  'home/.docker/buildx/buildkitd.default.toml': '',
};

const traces = [
  ...['usr/sbin/dockerd', 'home/.colima/x', 'home/.rd/x', 'home/.minikube/x'],
  ...['home/.docker/desktop/x', 'home/.config/containers/podman/machine/x'],
  ...['home/.config/systemd/user/docker.service', 'var/lib/containers/storage/x'],
  'etc/containerd/certs.d/other.test/hosts.toml',
];

const programs = ['podman', 'buildkitd', 'k3s', 'kind'];

/** Puts traces of every consumer on a machine below a folder. @returns the PATH with their programs */
export function addEveryConsumer({ root }: Places): string {
  const put = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  };
  for (const path of traces) put(path, '');
  for (const name of programs) put(join('bin', name), '#!/bin/sh\n', 0o755);
  put('home/.docker/buildx/instances/builder', '{"Name":"builder","Driver":"docker-container"}');
  for (const [path, text] of Object.entries(settingsOfOthers)) put(path, text);
  return join(root, 'bin');
}
