import type { Mess } from '../../../shared/model/trust.ts';

/** A name that stays the same as long as the mess does. */
export function messIdOf({ consumer, kind, path }: Pick<Mess, 'consumer' | 'kind' | 'path'>) {
  return `${kind}:${consumer}:${path}`;
}
