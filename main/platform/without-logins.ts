/**
 * Variables with which people and CI systems hand logins to container programs, themselves or as a file's path: of the
 * docker CLI and buildx, of Podman, Skopeo and Buildah (containers-auth.json(5)), of crictl.
 */
const LOGINS: ReadonlySet<string> = new Set([
  'DOCKER_AUTH_CONFIG',
  'REGISTRY_AUTH_FILE',
  'CRICTL_AUTH',
  'CRICTL_CREDS',
]);

/** An environment for a program that shall ask a registry as nobody. */
export function withoutLogins(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    // Windows heeds no case in these names.
    Object.entries(env).filter(([name]) => !LOGINS.has(name.toUpperCase())),
  );
}
