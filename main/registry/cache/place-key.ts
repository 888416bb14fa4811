import { createHash } from 'node:crypto';

/** Who looks at which registry: another login sees other things. `user` is null for nobody in particular. */
export interface Viewer {
  readonly address: string;
  readonly user: string | null;
}

/** The folder of a registry: a name that is safe on every file system, whatever the address. */
export function addressKey(address: string): string {
  return keyOf(address);
}

/** The folder of one viewer, below the registry's, so that all of a registry can be forgotten at once. */
export function viewerKey({ address, user }: Viewer): string {
  return `${addressKey(address)}/${keyOf(user === null ? ['nobody'] : ['user', user])}`;
}

/** A file's name for a repository. */
export function repositoryKey(repository: string): string {
  return keyOf(repository);
}

/** A name for what is in memory: none of the three can hold the character between them. */
export function placeName({ address, user }: Viewer, repository: string): string {
  return `${address}\n${user ?? '\n'}\n${repository}`;
}

function keyOf(value: string | readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
