import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { isTag } from '../../../shared/model/reference.ts';

/**
 * Names become parts of URLs, so only tags and digests get there.
 * @throws RegentError `REFERENCE_INVALID`
 */
export function checkReference(reference: string): void {
  if (isTag(reference) || isDigest(reference)) return;
  throw new RegentError('REFERENCE_INVALID', { input: reference.slice(0, 200) });
}
