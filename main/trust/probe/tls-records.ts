import { type HandshakeMessage, readMessages } from './handshake-messages.ts';
/** What the first bytes from a server look like. */
export type FirstBytes = 'nothing' | 'tls' | 'http' | 'other';

/** Tells TLS records (RFC 8446, 5.1: content types 20 to 24, version 3.x) and HTTP from anything else. */
export function classifyFirstBytes(received: Uint8Array): FirstBytes {
  const [type = 0, major] = received;
  if (received.length === 0) return 'nothing';
  if (type >= 0x14 && type <= 0x18 && (major === undefined || major === 3)) return 'tls';
  return Buffer.from(received.subarray(0, 5)).toString('latin1') === 'HTTP/' ? 'http' : 'other';
}

/** What a server says in the clear during a handshake up to TLS 1.2. */
export interface ClearHandshake {
  /** The presented certificates in DER, leaf first. */
  readonly chain: readonly Uint8Array[];
  readonly asksForClientCertificate: boolean;
  /** Set when it speaks nothing as new as TLS 1.2. */
  readonly tooOld: TooOld | undefined;
}

/** How a server shows that it speaks only versions before TLS 1.2. */
export type TooOld =
  /** It refused our offer with the alert protocol_version (RFC 8446, 6.2). */
  | { readonly kind: 'refused' }
  /** It took no notice of what we offered and chose this version. */
  | { readonly kind: 'chosen'; readonly minor: number };

const ALERT = 0x15;
const PROTOCOL_VERSION = 70;
const HANDSHAKE = 0x16;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;
const CERTIFICATE_REQUEST = 13;

/** Reads handshake messages until they end or become unreadable, as TLS 1.3 makes them after the first one. */
export function readClearHandshake(received: Uint8Array): ClearHandshake {
  const messages = readMessages(joinRecords(Buffer.from(received)));
  const certificate = messages.find(({ type }) => type === CERTIFICATE);
  return {
    chain: certificate ? readCertificateList(certificate.body) : [],
    asksForClientCertificate: messages.some(({ type }) => type === CERTIFICATE_REQUEST),
    tooOld: findTooOld(received, messages),
  };
}

function findTooOld(
  received: Uint8Array,
  messages: readonly HandshakeMessage[],
): TooOld | undefined {
  if (received[0] === ALERT && received[6] === PROTOCOL_VERSION) return { kind: 'refused' };
  // The version that was chosen: 3.0 is SSL 3.0, 3.1 is TLS 1.0; 3.3 stands for TLS 1.2 and 1.3.
  const hello = messages.find(({ type }) => type === SERVER_HELLO);
  const minor = hello?.body[1] ?? 3;
  return minor < 3 ? { kind: 'chosen', minor } : undefined;
}

function joinRecords(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === HANDSHAKE; ) {
    const length = bytes.readUInt16BE(at + 3);
    parts.push(bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  return Buffer.concat(parts);
}

/** The list of RFC 5246, 7.4.2: lengths of three octets each. */
function readCertificateList(body: Buffer): readonly Uint8Array[] {
  const certificates: Uint8Array[] = [];
  for (let at = 3; at + 3 <= body.length; ) {
    const end = at + 3 + body.readUIntBE(at, 3);
    if (end > body.length) break;
    certificates.push(new Uint8Array(body.subarray(at + 3, end)));
    at = end;
  }
  return certificates;
}
