import { randomBytes } from 'node:crypto';

/**
 * An image that no registry has, so that asking for it downloads nothing; another one each time, which no memory of a
 * builder knows. Even a registry that claims to have everything can't leave anything behind: what it hands out has
 * another digest than this random one, and is thrown away by whoever asked.
 */
export function probeImage(address: string): string {
  const name = randomBytes(8).toString('hex');
  return `${address}/regent-probe/${name}@sha256:${randomBytes(32).toString('hex')}`;
}

/** The same for a command that a person runs. */
export function imageToTry(address: string): string {
  return `${address}/regent-probe:none`;
}
