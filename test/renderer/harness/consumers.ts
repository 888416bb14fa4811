import type { Change } from '../../../shared/model/change.ts';
import type { ConsumerId, FoundConsumer, Note } from '../../../shared/model/consumer.ts';
import { consumerFacts } from '../../../shared/model/consumer-facts.ts';
import type { ConsumerPlan, TrustKind } from '../../../shared/model/trust.ts';
import { ca } from './certificates.ts';

/** The programs of the imagined machine. */
export const foundConsumers: FoundConsumer[] = [
  found('regent', '/home/ada/.config/regent/trust', false, true),
  found('docker-engine', '/etc/docker/certs.d', true, true),
  found('podman', '/home/ada/.config/containers/certs.d', false, true),
  found('buildkit', '/etc/buildkit/buildkitd.toml', true, false),
  found('minikube', '/home/ada/.minikube', false, false),
  found('system', '/usr/local/share/ca-certificates', true, false),
];

function found(
  id: ConsumerId,
  place: string,
  elevated: boolean,
  preselected: boolean,
): FoundConsumer {
  return { id, place, elevated, preselected, evidence: place };
}

/** Where a program would have a certificate of an address. */
export function fileOf(id: ConsumerId, address: string, sha256: string): string {
  const place = foundConsumers.find((one) => one.id === id)?.place ?? '/tmp';
  const name = `regent-${sha256.slice(0, 16)}.crt`;
  return id === 'regent' || id === 'system' ? `${place}/${name}` : `${place}/${address}/${name}`;
}

const daemonJson = '{\n  "log-driver": "journald",\n  "storage-driver": "overlay2"\n}\n';
const buildkitd = '# Builders of the lab\n[worker.oci]\n  max-parallelism = 4\n';

/** One program's part of a plan. */
export function partOf(
  id: ConsumerId,
  address: string,
  kind: TrustKind,
  sha256: string,
): ConsumerPlan {
  const isNeedless = id === 'docker-engine' && address.startsWith('127.');
  const { effect: usual, ranHere } = consumerFacts[id];
  const effect = kind === 'insecure' && id === 'docker-engine' ? 'reload' : usual;
  const elevated = foundConsumers.some((one) => one.id === id && one.elevated) && !isNeedless;
  return {
    id,
    status: isNeedless ? 'not-needed' : 'to-do',
    changes: isNeedless ? [] : [...changesOf(id, address, kind, sha256)],
    elevated,
    effect,
    live: effect === 'at-once' || effect === 'reload',
    ranHere,
    notes: isNeedless ? [] : [...notesOf(id)],
    problem: null,
  };
}

function changesOf(
  id: ConsumerId,
  address: string,
  kind: TrustKind,
  sha256: string,
): readonly Change[] {
  const path = fileOf(id, address, sha256);
  if (id === 'buildkit') {
    const after = `${buildkitd}\n[registry."${address}"]\n  ca = ["${path}"]\n`;
    return [
      {
        kind: 'edit-file',
        line: 1,
        path: '/etc/buildkit/buildkitd.toml',
        mode: '644',
        before: buildkitd,
        after,
      },
    ];
  }
  if (kind === 'insecure' && id === 'docker-engine') {
    const after = daemonJson.replace(
      '"overlay2"',
      `"overlay2",\n  "insecure-registries": ["${address}"]`,
    );
    return [
      {
        kind: 'edit-file',
        line: 1,
        path: '/etc/docker/daemon.json',
        mode: '644',
        before: daemonJson,
        after,
      },
      { kind: 'run', argv: ['systemctl', 'reload', 'docker'] },
    ];
  }
  const folder = path.slice(0, path.lastIndexOf('/'));
  const write: Change = { kind: 'write-file', path, mode: '644', content: ca.pem };
  if (id === 'system') return [write, { kind: 'run', argv: ['update-ca-certificates'] }];
  return id === 'regent'
    ? [write]
    : [{ kind: 'create-directory', path: folder, mode: '755' }, write];
}

function notesOf(id: ConsumerId): readonly Note[] {
  if (id === 'docker-engine') return [{ code: 'builds-remember', facts: { minutes: '5' } }];
  if (id === 'buildkit') {
    return [{ code: 'restart-command', facts: { command: 'systemctl restart buildkit' } }];
  }
  return id === 'system' ? [{ code: 'every-server', facts: {} }] : [];
}
