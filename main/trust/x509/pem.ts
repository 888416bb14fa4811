const BLOCK =
  /(?:^|\n)-----BEGIN CERTIFICATE-----[ \t]*\r?\n([A-Za-z0-9+/=\s]*?)\r?\n?-----END CERTIFICATE-----[ \t]*(?=\r?\n|$)/g;

/** A certificate in a text: its DER bytes, and where its block stands. */
export interface PemBlock {
  readonly der: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the certificates in a PEM text as Go does: a block begins at the start of a line, text around it does
 * not matter, other kinds of blocks are passed over. The DER is not looked into.
 */
export function findPemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(BLOCK)].map((match) => {
    const start = match.index + (match[0].startsWith('\n') ? 1 : 0);
    return {
      der: new Uint8Array(Buffer.from((match[1] ?? '').replace(/\s/g, ''), 'base64')),
      start,
      end: match.index + match[0].length,
    };
  });
}

/** Writes one certificate as one PEM block: LF line ends, 64 characters a line, a line end at the end. */
export function writePem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** Whether a text holds a private key of any kind, which nobody should hand over. */
export function holdsPrivateKey(text: string): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text);
}
