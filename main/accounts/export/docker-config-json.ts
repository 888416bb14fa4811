import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import { dockerConfigKey } from '../server-key.ts';
import type { LoginToExport } from './login-to-export.ts';

/**
 * A config.json with one login in plain text, as docker, podman (`--authfile`) and Kubernetes read it: docker/cli
 * cli/config/types/authconfig.go.
 */
export function dockerConfigJson({ address, username, password }: LoginToExport): string {
  const key = dockerConfigKey(address) ?? address;
  const entry =
    username === IDENTITY_TOKEN_USER
      ? // podman reads no entry without a user (container-libs: image/pkg/docker/config/config.go).
        { auth: encode(`${username}:`), identitytoken: password }
      : { username, password, ...authOf(username, password) };
  return `${JSON.stringify({ auths: { [key]: entry } }, null, 2)}\n`;
}

/** A user with a colon can't be told from the password in `auth` (RFC 7617), so the two fields must do. */
function authOf(username: string, password: string): { readonly auth?: string } {
  return username.includes(':') ? {} : { auth: encode(`${username}:${password}`) };
}

const encode = (text: string) => Buffer.from(text).toString('base64');
