/** One message of a TLS handshake (RFC 8446, 4). */
export interface HandshakeMessage {
  readonly type: number;
  readonly body: Buffer;
}

/** The whole messages at the beginning of a handshake; what is cut off at the end is left out. */
export function readMessages(bytes: Buffer): readonly HandshakeMessage[] {
  const messages: HandshakeMessage[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUIntBE(at + 1, 3);
    if (end > bytes.length) break;
    messages.push({ type: bytes[at] ?? 0, body: bytes.subarray(at + 4, end) });
    at = end;
  }
  return messages;
}
