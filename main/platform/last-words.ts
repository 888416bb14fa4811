/** How programs begin the line that says why they failed. */
const FAILURE = /^(ERROR|Error|error|FATA\[\d+\]|ctr)\b[:\s]|level=(fatal|error) |^failed to /;

/**
 * The line in which a program said why it failed: its last one that looks like an error, else its last one. Programs
 * written in Go log it as `time="…" level=fatal msg="…"`; then it is the message.
 */
export function lastWords(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  const line = lines.findLast((one) => FAILURE.test(one)) ?? lines.at(-1) ?? '';
  const message = / msg=("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  return message === undefined ? line.trim() : unquote(message);
}

/** Go quotes nearly as JSON does. */
function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
