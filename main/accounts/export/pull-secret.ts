import { RegentError } from '../../../shared/errors/index.ts';
import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import { dockerConfigJson } from './docker-config-json.ts';
import type { ExportNames, LoginToExport } from './login-to-export.ts';

/** RFC 1123 as Kubernetes takes it (apimachinery: pkg/util/validation): lower case, no dot in a label. */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * A Secret for `imagePullSecrets`, in YAML.
 * @throws RegentError `INPUT_INVALID` for a name that Kubernetes refuses; `EXPORT_IDENTITY_TOKEN`, because the kubelet
 * reads only a user and a password (kubernetes: pkg/credentialprovider/config.go)
 */
export function pullSecret(login: LoginToExport, names: ExportNames): string {
  const { address } = login;
  if (login.username === IDENTITY_TOKEN_USER) {
    throw new RegentError('EXPORT_IDENTITY_TOKEN', { address });
  }
  const { name = nameOf(address), namespace } = names;
  if (name.length > 253 || !name.split('.').every((label) => LABEL.test(label))) {
    throw new RegentError('INPUT_INVALID', { field: 'name' });
  }
  if (namespace !== undefined && (namespace.length > 63 || !LABEL.test(namespace))) {
    throw new RegentError('INPUT_INVALID', { field: 'namespace' });
  }
  return [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    // In quotes, because a name such as 1e3, true or null would be none in YAML.
    `  name: ${JSON.stringify(name)}`,
    ...(namespace === undefined ? [] : [`  namespace: ${JSON.stringify(namespace)}`]),
    'type: kubernetes.io/dockerconfigjson',
    'data:',
    `  .dockerconfigjson: ${Buffer.from(dockerConfigJson(login)).toString('base64')}`,
    '',
  ].join('\n');
}

/** `registry.test:5443` becomes `registry.test-5443`. */
function nameOf(address: string): string {
  const labels = address
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .split('.')
    .map((label) => label.replace(/^-+|-+$/g, ''))
    .filter((label) => label !== '');
  return (
    labels
      .join('.')
      .slice(0, 253)
      .replace(/[-.]+$/, '') || 'registry'
  );
}
