import { X509Certificate } from 'node:crypto';
import { splitAddress } from '../../../shared/model/address-grammar.ts';
import { sha256Of } from '../x509/fingerprint.ts';
import { findPemBlocks, writePem } from '../x509/pem.ts';

/** One certificate that is asked for: the very bytes, and what they must hash to. */
export interface RequestedCertificate {
  /** One PEM block as `writePem` writes it. */
  readonly pem: string;
  readonly sha256: string;
}

/** What may be asked of the step that runs as root. It computes every path itself. */
export type ElevatedRequest =
  | {
      readonly verb: 'put-certificates';
      readonly address: string;
      readonly certificates: readonly RequestedCertificate[];
    }
  | {
      readonly verb: 'remove-certificates';
      readonly address: string;
      readonly sha256s: readonly string[];
      /** Folders that may go too once they are empty; others than those on the way to the file are refused. */
      readonly folders: readonly string[];
    };

const LIST_LIMIT = 16;
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Reads a request and trusts nothing in it: exactly these keys, an address by its strict grammar, PEM that is
 * one certificate in its canonical form with the announced SHA-256.
 * @returns undefined for anything else
 */
export function parseElevatedRequest(text: string): ElevatedRequest | undefined {
  const request = parseObject(text);
  if (!request || typeof request.address !== 'string' || !splitAddress(request.address)) {
    return undefined;
  }
  const { address } = request;
  const keys = Object.keys(request).sort().join(' ');
  if (request.verb === 'put-certificates' && keys === 'address certificates verb') {
    const certificates = listOf(request.certificates, isCertificate);
    return certificates && { verb: request.verb, address, certificates };
  }
  if (request.verb === 'remove-certificates' && keys === 'address folders sha256s verb') {
    const sha256s = listOf(request.sha256s, isSha256);
    const folders = listOf(request.folders, isText);
    return sha256s && folders && { verb: request.verb, address, sha256s, folders };
  }
  return undefined;
}

type Json = Readonly<Record<string, unknown>>;

function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isSha256 = (value: unknown): value is string => isText(value) && SHA256.test(value);

function listOf<T>(value: unknown, isItem: (item: unknown) => item is T): readonly T[] | undefined {
  return Array.isArray(value) && value.length <= LIST_LIMIT && value.every(isItem)
    ? value
    : undefined;
}

function isCertificate(value: unknown): value is RequestedCertificate {
  if (!isObject(value) || Object.keys(value).sort().join(' ') !== 'pem sha256') return false;
  const { pem, sha256 } = value;
  if (!isText(pem) || !isSha256(sha256)) return false;
  const [block, ...others] = findPemBlocks(pem);
  if (!block || others.length > 0 || writePem(block.der) !== pem) return false;
  return sha256Of(block.der) === sha256 && isOneCertificate(block.der);
}

/** Whether the bytes are a certificate and nothing after it. */
function isOneCertificate(der: Uint8Array): boolean {
  try {
    return Buffer.compare(new X509Certificate(der).raw, der) === 0;
  } catch {
    return false;
  }
}
