/** What may be asked of a token: `repository:<path>:<actions>`, `registry:catalog:*`, or what a server made up. */
export type Scope = string;

/** The scope for reading a repository. */
export function pullScope(repository: string): Scope {
  return `repository:${repository}:pull`;
}

/** The scope for writing to a repository; registries want both actions for it. */
export function pushScope(repository: string): Scope {
  return `repository:${repository}:pull,push`;
}

/** The scope for whatever the user may do with a repository. */
export function everythingScope(repository: string): Scope {
  return `repository:${repository}:*`;
}

/** The scope for listing all repositories. */
export const catalogScope: Scope = 'registry:catalog:*';

/** Splits a challenge's `scope`, which may hold several with spaces between them. */
export function splitScopes(text: string | undefined): readonly Scope[] {
  return (text ?? '').split(/\s+/).filter((scope) => scope !== '');
}

/**
 * Merges scopes: one for each resource, with the actions of all, in the order of first appearance. Scopes
 * outside the grammar (`*`) stay as they are. A resource's name may hold a colon (`host:port`).
 */
export function mergeScopes(scopes: readonly Scope[]): readonly Scope[] {
  const actions = new Map<string, Set<string>>();
  for (const scope of scopes) {
    const [resource, wanted] = splitScope(scope);
    const known = actions.get(resource) ?? new Set();
    for (const action of wanted) known.add(action);
    actions.set(resource, known);
  }
  return [...actions].map(([resource, wanted]) =>
    wanted.size === 0 ? resource : `${resource}:${[...wanted].sort().join(',')}`,
  );
}

function splitScope(scope: Scope): readonly [resource: string, actions: readonly string[]] {
  const first = scope.indexOf(':');
  const last = scope.lastIndexOf(':');
  if (first === last) return [scope, []];
  return [
    scope.slice(0, last),
    scope
      .slice(last + 1)
      .split(',')
      .filter(Boolean),
  ];
}
