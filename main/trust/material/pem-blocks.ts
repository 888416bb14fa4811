/** One block of a PEM text (RFC 7468): its label, and its bytes where they are no encrypted key of the old form. */
export interface LabelledBlock {
  readonly label: string;
  readonly der: Uint8Array;
  /** The whole block with its first and last line. */
  readonly text: string;
}

const BEGIN = /^-----BEGIN ([A-Z0-9][A-Z0-9 #]{0,40})-----[ \t]*$/;

/**
 * Finds the blocks of every kind in a PEM text: Windows' line ends, a byte order mark and text around them do no
 * harm; headers inside a block (RFC 1421) are passed over. A block without its end is none.
 */
export function findBlocks(text: string): readonly LabelledBlock[] {
  const blocks: LabelledBlock[] = [];
  let label: string | undefined;
  let lines: string[] = [];
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)) {
    const begun = BEGIN.exec(line)?.[1];
    if (begun !== undefined) {
      label = begun;
      lines = [];
    } else if (label !== undefined && line.trimEnd() === `-----END ${label}-----`) {
      blocks.push(blockOf(label, lines));
      label = undefined;
    } else if (label !== undefined) lines.push(line);
  }
  return blocks;
}

function blockOf(label: string, lines: readonly string[]): LabelledBlock {
  const headers = lines.some((line) => line.includes(':')) ? lines.indexOf('') + 1 : 0;
  const der = Buffer.from(lines.slice(headers).join(''), 'base64');
  const text = [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
  return { label, der: new Uint8Array(der), text };
}

/** Whether the block is a private key of any kind, encrypted or not. */
export function isPrivateKey({ label }: LabelledBlock): boolean {
  return label.endsWith('PRIVATE KEY');
}
