/** What tells one DaemonSet from another. */
interface DaemonSetFacts {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  /** Changes with what is to be written, so that applying a new manifest runs the script again. */
  readonly content: string;
}

const nothingMore = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

const little = { cpu: '10m', memory: '16Mi' };
const resources = { requests: little, limits: { memory: '32Mi' } };

/**
 * Runs the script once on each node, then waits. The step that writes is the node's root, since the files must be
 * root's, without any capability, the network of the node or a token; the part that waits is nobody.
 */
export function daemonSet({ name, namespace, labels, image, content }: DaemonSetFacts): object {
  const install = {
    name: 'install',
    image,
    command: ['sh', '/trust/install.sh', '/trust', '/node/certs.d'],
    securityContext: { runAsUser: 0, runAsGroup: 0, ...nothingMore },
    resources,
    volumeMounts: [
      { name: 'trust', mountPath: '/trust', readOnly: true },
      { name: 'certs', mountPath: '/node/certs.d' },
    ],
  };
  const wait = {
    name: 'wait',
    image,
    command: ['sh', '-c', "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done"],
    securityContext: { runAsNonRoot: true, runAsUser: 65534, runAsGroup: 65534, ...nothingMore },
    resources,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { 'regent-trust-content': content } },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
          initContainers: [install],
          containers: [wait],
          volumes: [
            { name: 'trust', configMap: { name } },
            {
              name: 'certs',
              hostPath: { path: '/etc/containerd/certs.d', type: 'DirectoryOrCreate' },
            },
          ],
        },
      },
    },
  };
}
