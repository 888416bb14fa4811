import { createDecipheriv, createHmac } from 'node:crypto';
import { readMessages } from './handshake-messages.ts';

/** What a server says during a handshake of TLS 1.3, where all but the greeting is encrypted. */
export interface SealedHandshake {
  /** The presented certificates in DER, leaf first: every one, also those that lead nowhere. */
  readonly chain: readonly Uint8Array[];
  readonly asksForClientCertificate: boolean;
}

const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;
const CERTIFICATE_REQUEST = 13;
const TAG_LENGTH = 16;

interface Suite {
  readonly cipher: string;
  readonly hash: string;
  readonly keyLength: number;
}

/** By the suite's number (RFC 8446, B.4). */
const suites: ReadonlyMap<number, Suite> = new Map([
  [0x1301, { cipher: 'aes-128-gcm', hash: 'sha256', keyLength: 16 }],
  [0x1302, { cipher: 'aes-256-gcm', hash: 'sha384', keyLength: 32 }],
  [0x1303, { cipher: 'chacha20-poly1305', hash: 'sha256', keyLength: 32 }],
]);

/** The secret in a line of the key log (the event `keylog` of Node's TLSSocket) that opens this; undefined in others. */
export function handshakeSecret(line: string): Buffer | undefined {
  const [, hex] = /^SERVER_HANDSHAKE_TRAFFIC_SECRET \w+ ([0-9a-f]+)/i.exec(line) ?? [];
  return hex === undefined ? undefined : Buffer.from(hex, 'hex');
}

/**
 * Reads a server's side of a TLS 1.3 handshake. Node itself hands out only those certificates that it can line up
 * as issuers of one another, and Docker's verdict can depend on the others.
 * @param received the first bytes from the server, as they came
 * @param secret of this connection's handshake, see `handshakeSecret`
 * @returns undefined when it is no such handshake, or cannot be read
 */
export function readSealedHandshake(
  received: Uint8Array,
  secret: Uint8Array,
): SealedHandshake | undefined {
  try {
    const messages = readMessages(openRecords(Buffer.from(received), secret));
    const certificate = messages.find(({ type }) => type === CERTIFICATE);
    if (!certificate) return undefined;
    return {
      chain: readCertificates(certificate.body),
      asksForClientCertificate: messages.some(({ type }) => type === CERTIFICATE_REQUEST),
    };
  } catch {
    // Cut short, or encrypted with other keys than we think.
    return undefined;
  }
}

/** The plain text of the encrypted records, as far as they belong to the handshake. @throws when one does not open */
function openRecords(bytes: Buffer, secret: Uint8Array): Buffer {
  const parts: Buffer[] = [];
  let suite: number | undefined;
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    if (end > bytes.length) break;
    const body = bytes.subarray(at + 5, end);
    if (bytes[at] === HANDSHAKE && body[0] === SERVER_HELLO) suite = suiteOf(body);
    if (bytes[at] === APPLICATION_DATA) {
      const header = bytes.subarray(at, at + 5);
      const plain = openRecord(suite, secret, parts.length, header, body);
      if (plain === undefined) break;
      parts.push(plain);
    }
    at = end;
  }
  return Buffer.concat(parts);
}

/** Behind type, length, version and random stands the session's number, then the suite (RFC 8446, 4.1.3). */
const suiteOf = (hello: Buffer) => hello.readUInt16BE(39 + (hello[38] ?? 0));

/** The contents of one record; undefined once the handshake is over and other keys are in use. */
function openRecord(
  suiteNumber: number | undefined,
  secret: Uint8Array,
  index: number,
  header: Buffer,
  body: Buffer,
): Buffer | undefined {
  const suite = suites.get(suiteNumber ?? 0);
  if (!suite) return undefined;
  const key = expand(suite.hash, secret, 'key', suite.keyLength);
  const nonce = expand(suite.hash, secret, 'iv', 12);
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ index) >>> 0, 8);
  // One name for the three ciphers, whose types differ in Node; their calls do not.
  const opener = createDecipheriv(suite.cipher as 'aes-128-gcm', key, nonce, {
    authTagLength: TAG_LENGTH,
  });
  opener.setAAD(header).setAuthTag(body.subarray(-TAG_LENGTH));
  try {
    const padded = Buffer.concat([opener.update(body.subarray(0, -TAG_LENGTH)), opener.final()]);
    const typeAt = padded.findLastIndex((octet) => octet !== 0);
    return padded[typeAt] === HANDSHAKE ? padded.subarray(0, typeAt) : undefined;
  } catch {
    return undefined;
  }
}

/** HKDF-Expand-Label of RFC 8446, 7.1, for no more octets than one hash. */
function expand(hash: string, secret: Uint8Array, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0, 1])]);
  return createHmac(hash, secret).update(info).digest().subarray(0, length);
}

/** RFC 8446, 4.4.2: behind a context each certificate has its length before it and its extensions after it. */
function readCertificates(body: Buffer): readonly Uint8Array[] {
  const certificates: Uint8Array[] = [];
  for (let at = 1 + (body[0] ?? 0) + 3; at + 3 <= body.length; ) {
    const end = at + 3 + body.readUIntBE(at, 3);
    certificates.push(new Uint8Array(body.subarray(at + 3, end)));
    at = end + 2 + body.readUInt16BE(end);
  }
  return certificates;
}
