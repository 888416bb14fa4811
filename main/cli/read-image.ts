import { RegentError } from '../../shared/errors/index.ts';
import { readPasted } from '../../shared/model/pasted.ts';

/** The image that was named on the command line. */
export interface NamedImage {
  readonly address: string;
  readonly repository: string;
  /** Its digest if there is one, else its tag, else `latest`, as docker means it. */
  readonly reference: string;
  /** All of it in one text, to show. */
  readonly name: string;
}

/**
 * Reads `host[:port]/repository[:tag][@digest]`, or an URL of it.
 * @throws RegentError `ADDRESS_INVALID`; `REFERENCE_INVALID` for what names no repository
 */
export function readImage(typed: string): NamedImage {
  const { address, repository, tag, digest } = readPasted(typed);
  if (repository === undefined) throw new RegentError('REFERENCE_INVALID', { input: typed });
  const reference = digest ?? tag ?? 'latest';
  const mark = digest === undefined ? ':' : '@';
  return { address, repository, reference, name: `${address}/${repository}${mark}${reference}` };
}
