import { createPrivateKey, X509Certificate } from 'node:crypto';
import { splitAddress } from '../../../shared/model/address-grammar.ts';
import type { ConsumerId } from '../../../shared/model/consumer.ts';
import type { TakeBack } from '../operations/carry-out.ts';
import type { TrustWish, WantedCertificate, WantedClient } from '../targets/target.ts';
import { sha256Of } from '../x509/fingerprint.ts';
import { findPemBlocks, writePem } from '../x509/pem.ts';

/** One consumer's part of a request. */
export interface Job {
  readonly consumer: ConsumerId;
  readonly wish: TrustWish;
}

/** The same on the way back. */
export interface TakeBackJob extends Job {
  readonly takeBack: TakeBack;
}

/**
 * What may be asked of the step that runs as root: first what is to be applied, then what is to be taken back, where
 * nothing failed before for the same consumer. It computes every path itself.
 */
export interface ElevatedRequest {
  readonly apply: readonly Job[];
  readonly takeBack: readonly TakeBackJob[];
}

/** A request is bounded by its size; this bounds the work. */
const LIST_LIMIT = 1024;
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Reads a request and trusts nothing in it: exactly these keys, addresses by their strict grammar, PEM that is
 * one certificate in its canonical form with the announced SHA-256, a key that fits its certificate.
 * @param known the consumers that the step may serve
 * @returns undefined for anything else
 */
export function parseElevatedRequest(
  text: string,
  known: readonly ConsumerId[],
): ElevatedRequest | undefined {
  const request = parseObject(text);
  if (!hasKeys(request, 'apply takeBack')) return undefined;
  const apply = listOf(request.apply, (job) =>
    hasKeys(job, 'consumer wish') ? readJob(job, known, true) : undefined,
  );
  const takeBack = listOf(request.takeBack, (job) => readTakeBackJob(job, known));
  return apply && takeBack && { apply, takeBack };
}

function readTakeBackJob(value: unknown, known: readonly ConsumerId[]): TakeBackJob | undefined {
  if (!hasKeys(value, 'consumer takeBack wish')) return undefined;
  const job = readJob(value, known, false);
  const takeBack = readTakeBack(value.takeBack);
  return job && takeBack && { ...job, takeBack };
}

function readJob(value: Json, known: readonly ConsumerId[], needsKey: boolean): Job | undefined {
  const consumer = known.find((id) => id === value.consumer);
  const wish = readWish(value.wish, needsKey);
  return consumer && wish && { consumer, wish };
}

function readWish(value: unknown, needsKey: boolean): TrustWish | undefined {
  if (!hasKeys(value, 'address aside certificates client plainHttp replaced withdrawn'))
    return undefined;
  const { address, plainHttp, withdrawn } = value;
  if (!isText(address) || !splitAddress(address)) return undefined;
  if (typeof plainHttp !== 'boolean' || typeof withdrawn !== 'boolean') return undefined;
  const certificates = listOf(value.certificates, readCertificate);
  const replaced = listOf(value.replaced, readCertificate);
  const aside = listOf(value.aside, (item) => (isText(item) ? item : undefined));
  const client = value.client === null ? null : readClient(value.client, needsKey);
  if (!certificates || !replaced || !aside || client === undefined) return undefined;
  return { address, certificates, replaced, client, plainHttp, withdrawn, aside };
}

function readTakeBack(value: unknown): TakeBack | undefined {
  if (!hasKeys(value, 'folders isLast paths')) return undefined;
  const texts = (list: unknown) => listOf(list, (item) => (isText(item) ? item : undefined));
  const paths = texts(value.paths);
  const folders = texts(value.folders);
  const { isLast } = value;
  return paths && folders && typeof isLast === 'boolean' ? { paths, folders, isLast } : undefined;
}

function readCertificate(value: unknown): WantedCertificate | undefined {
  if (!hasKeys(value, 'pem sha256')) return undefined;
  const { pem, sha256 } = value;
  if (!isText(pem) || !isSha256(sha256)) return undefined;
  const [block, ...others] = findPemBlocks(pem);
  if (!block || others.length > 0 || writePem(block.der) !== pem) return undefined;
  return sha256Of(block.der) === sha256 && isOneCertificate(block.der)
    ? { pem, sha256 }
    : undefined;
}

function readClient(value: unknown, needsKey: boolean): WantedClient | undefined {
  if (!hasKeys(value, 'certificatePem keyPem keySha256 sha256')) return undefined;
  const { certificatePem, sha256, keyPem, keySha256 } = value;
  if (!isText(certificatePem) || !isSha256(sha256) || !isSha256(keySha256)) return undefined;
  const blocks = findPemBlocks(certificatePem);
  const [leaf] = blocks;
  const isCanonical = blocks.map(({ der }) => writePem(der)).join('') === certificatePem;
  const areCertificates = blocks.every(({ der }) => isOneCertificate(der));
  if (!leaf || !isCanonical || !areCertificates || sha256Of(leaf.der) !== sha256) return undefined;
  if (keyPem === null) {
    return needsKey ? undefined : { certificatePem, sha256, keyPem, keySha256 };
  }
  if (!isText(keyPem) || sha256Of(Buffer.from(keyPem)) !== keySha256) return undefined;
  return isKeyOf(leaf.der, keyPem) ? { certificatePem, sha256, keyPem, keySha256 } : undefined;
}

/** Whether it is one PKCS#8 key in its canonical form, of that certificate. */
function isKeyOf(der: Uint8Array, keyPem: string): boolean {
  try {
    const key = createPrivateKey(keyPem);
    const canonical = key.export({ type: 'pkcs8', format: 'pem' });
    return canonical === keyPem && new X509Certificate(der).checkPrivateKey(key);
  } catch {
    return false;
  }
}

/** Whether the bytes are a certificate and nothing after it. */
function isOneCertificate(der: Uint8Array): boolean {
  try {
    return Buffer.compare(new X509Certificate(der).raw, der) === 0;
  } catch {
    return false;
  }
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

/** Whether it is an object with exactly these keys, which are given in order with spaces between. */
function hasKeys(value: unknown, keys: string): value is Json {
  return isObject(value) && Object.keys(value).sort().join(' ') === keys;
}

function listOf<T>(
  value: unknown,
  readItem: (item: unknown) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > LIST_LIMIT) return undefined;
  const items = value.map(readItem);
  return items.every((item): item is T => item !== undefined) ? items : undefined;
}
