/** C0 and C1 controls, bidirectional controls, zero-width and other invisible characters. */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/g;

const LONGEST = 300;

/**
 * Text from a registry in one short line that can be shown in a terminal and in a window: controls become
 * spaces, so that nothing moves the cursor or turns the reading direction.
 */
export function cleanText(text: string): string {
  const line = text.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
