import { createHash } from 'node:crypto';
import { formatFingerprint } from '../../../../shared/model/certificate.ts';
import type { ExportedFile } from '../../../../shared/model/trust.ts';
import { exportedHostsToml } from '../hosts-toml.ts';
import type { ExportSubject } from '../subject.ts';
import { writeYaml } from '../write-yaml.ts';
import { daemonSet } from './daemon-set.ts';
import { installScript } from './install-script.ts';

const namespace = 'regent-trust';

/** A manifest that makes containerd on every node of a cluster trust the registry. @param image see `ExportSurroundings` */
export function exportManifest(subject: ExportSubject, image: string): readonly ExportedFile[] {
  const name = `regent-trust-${subject.uniqueName}`;
  const labels = {
    'app.kubernetes.io/name': 'regent-trust',
    'app.kubernetes.io/instance': name,
  };
  const data = dataOf(subject);
  const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex');
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        // Folders of the node are only for this level; what the pods may do else, they say themselves.
        labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels },
      data,
    },
    daemonSet({ name, namespace, labels, image, content: hash.slice(0, 16) }),
  ];
  const content = [introductionOf(subject, name), ...objects.map(writeYaml)].join('---\n');
  return [{ path: `regent-trust-${subject.slug}.kubernetes.yaml`, mode: '0644', content }];
}

function dataOf(subject: ExportSubject): Record<string, string> {
  const files = subject.certificates.map(({ fileName, pem }) => [fileName, pem] as const);
  return {
    state: 'present',
    'hosts.toml': exportedHostsToml(subject),
    ...Object.fromEntries(files),
    'install.sh': installScript(subject),
  };
}

function introductionOf({ address, certificates }: ExportSubject, name: string): string {
  return [
    `# containerd on every node of this cluster trusts the registry ${address}. Made by Regent.`,
    ...certificates.map(({ sha256 }) => `#   SHA-256 ${formatFingerprint(sha256)}`),
    '#',
    '# Each node gets /etc/containerd/certs.d/ADDRESS/hosts.toml and the certificates beside it. containerd reads them',
    "# at the next pull, where its config.toml says config_path = '/etc/containerd/certs.d' (kind's nodes do since 0.27).",
    '# k3s and RKE2 have a containerd of their own, with a folder that they write themselves: use their registries.yaml.',
    '#',
    '# Trust:   kubectl apply -f THIS_FILE',
    '# Look:    kubectl -n regent-trust logs -l app.kubernetes.io/name=regent-trust -c install --prefix',
    '# Remove:  in this order, since deleting alone leaves the files on the nodes',
    `#   kubectl -n ${namespace} patch configmap ${name} -p '{"data":{"state":"absent"}}'`,
    `#   kubectl -n ${namespace} rollout restart daemonset ${name}`,
    `#   kubectl -n ${namespace} rollout status daemonset ${name}`,
    `#   kubectl -n ${namespace} delete daemonset,configmap ${name}`,
    '#',
    '# image: any with a POSIX shell will do, from a registry that the nodes can already pull from.',
    '',
  ].join('\n');
}
