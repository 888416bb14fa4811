/**
 * What no text of somebody else's may hold when a person reads it: controls (terminal codes among them), marks
 * that turn the direction of writing or can't be seen, line and paragraph ends, and noncharacters.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Puts something visible in the place of what can't be seen. */
export function replaceInvisible(text: string, replacement: string): string {
  return text.replace(INVISIBLE, replacement);
}

/**
 * Foreign text (of a registry, an engine, a certificate) in one line that can be shown in a terminal and in a window.
 * @param longest in UTF-16 units; what is longer is cut and marked with an ellipsis
 */
export function plainText(text: string, longest: number): string {
  // Cut first: nobody pays for the cleaning of what is not shown.
  const line = replaceInvisible(text.slice(0, longest * 4), ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
