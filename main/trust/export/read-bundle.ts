import { RegentError } from '../../../shared/errors/index.ts';
import {
  type TrustBundle,
  trustBundleLimit,
  trustBundleSchema,
} from '../../../shared/model/trust-bundle.ts';
import { sha256Of } from '../x509/fingerprint.ts';
import { findPemBlocks, holdsPrivateKey, writePem } from '../x509/pem.ts';
import { readCertificate } from '../x509/read-certificate.ts';

/** Why a text is refused as a bundle; the words are in the catalogue. */
type Reason =
  | 'tooLarge'
  | 'privateKey'
  | 'notJson'
  | 'notABundle'
  | 'newerVersion'
  | 'shape'
  | 'certificate'
  | 'fingerprint'
  | 'kind';

const refuse = (reason: Reason, cause?: unknown) =>
  new RegentError('TRUST_BUNDLE_INVALID', { reason }, cause);

/**
 * Reads a `.regent.json` bundle that somebody brought. It trusts nothing: the person compares the fingerprints
 * first. Every fingerprint is computed from the certificate's own bytes and must be the one written beside it.
 * @throws RegentError `TRUST_BUNDLE_INVALID` on anything that Regent would not have written itself
 */
export function readTrustBundle(text: string): TrustBundle {
  if (text.length > trustBundleLimit) throw refuse('tooLarge');
  if (holdsPrivateKey(text)) throw refuse('privateKey');
  const value = parseStrictly(text);
  const { regent, version } = headOf(value);
  if (regent !== 'trust-bundle') throw refuse('notABundle');
  if (typeof version === 'number' && version > 1) throw refuse('newerVersion');
  const read = trustBundleSchema.safeParse(value);
  if (!read.success) throw refuse('shape', read.error);
  checkContents(read.data);
  return read.data;
}

const headOf = (value: unknown): { readonly regent?: unknown; readonly version?: unknown } =>
  typeof value === 'object' && value !== null ? value : {};

/**
 * JSON in the one way Regent writes it, spaces and line ends apart: a key that is there twice or a letter in
 * disguise (`\u0061`) shows a person who looks into the file something else than what a program reads.
 */
function parseStrictly(text: string): unknown {
  const bare = text.replace(/^\ufeff/, '');
  let value: unknown;
  let written: string;
  try {
    value = JSON.parse(bare);
    // Throws where something is nested too deeply.
    written = JSON.stringify(value);
  } catch (error) {
    throw refuse('notJson', error);
  }
  const compact = bare.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
  if (written !== compact) throw refuse('shape');
  return value;
}

function checkContents({ kind, certificates }: TrustBundle): void {
  const fingerprints = new Set(certificates.map(({ sha256 }) => sha256));
  if (fingerprints.size < certificates.length) throw refuse('shape');
  if ((kind === 'insecure') !== (certificates.length === 0)) throw refuse('kind');
  for (const { pem, sha256 } of certificates) {
    const [block] = findPemBlocks(pem);
    if (!block || writePem(block.der) !== pem) throw refuse('certificate');
    try {
      readCertificate(block.der);
    } catch (error) {
      throw refuse('certificate', error);
    }
    if (sha256Of(block.der) !== sha256) throw refuse('fingerprint');
  }
}
