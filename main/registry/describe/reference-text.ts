import type { Place } from '../place.ts';

/** What is meant, in full: `registry.test/team/app:1.0`, or with `@` and a digest. */
export function referenceText(
  { session, repository }: Pick<Place, 'session' | 'repository'>,
  reference: string,
): string {
  return `${session.address}/${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
}
