import type { ReadCertificate } from '../x509/read-certificate.ts';
import { checkSignatureFrom } from './signature.ts';

/** Finds out who signed what, each pair once. */
export interface SignatureChecks {
  /**
   * Whether `parent` signed `child` and may do so.
   * @returns Go's text of the error, undefined when all is well, or `exhausted` when enough has been tried
   */
  check(child: ReadCertificate, parent: ReadCertificate): string | undefined | typeof exhausted;
}

/** There have been too many signatures to check. */
export const exhausted = Symbol('exhausted');

/** Signatures that one judgement of a server may cost: a real chain has a handful of certificates. */
const LIMIT = 250;

/**
 * Checks signatures for one judgement. One server is judged against many sets of roots, each of which asks for the
 * same pairs; and a server that shows hundreds of certificates must not keep us busy.
 */
export function createSignatureChecks(): SignatureChecks {
  const known = new Map<string, string | undefined>();
  return {
    check: (child, parent) => {
      const pair = `${child.sha256} ${parent.sha256}`;
      if (known.has(pair)) return known.get(pair);
      if (known.size >= LIMIT) return exhausted;
      const error = checkSignatureFrom(child, parent);
      known.set(pair, error);
      return error;
    },
  };
}
