import { randomBytes } from 'node:crypto';

/**
 * An image that no registry has, so that asking for it downloads nothing; another one each time, which no memory of a
 * builder knows.
 */
export function probeImage(address: string): string {
  const random = randomBytes(8).toString('hex');
  return `${address}/regent-probe/${random}:${random}`;
}

/** The same for a command that a person runs. */
export function imageToTry(address: string): string {
  return `${address}/regent-probe:none`;
}
