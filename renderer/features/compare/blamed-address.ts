import type { Problem } from '../../../shared/errors/index.ts';
import { addressIn } from '../../lib/errors.ts';
import type { Both } from './use-comparison.ts';

/** The registry that a problem with two images is about: the second one's where the problem names it. */
export function blamedAddress(problem: Problem, { left, right }: Both): string {
  return addressIn(problem) === right.address ? right.address : left.address;
}
