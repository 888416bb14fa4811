/** What an agent is asked: one line of JSON on a connection of its own. */
export type AgentRequest =
  | { readonly op: 'decrypt'; readonly file: string }
  | { readonly op: 'until' }
  | { readonly op: 'stop' };

/** Its answer, one line as well. `until`: ISO 8601. `refused`: no file of its recipient, or no request. */
export type AgentReply =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'until'; readonly until: string }
  | { readonly kind: 'refused' };

/** In bytes: a secret of some megabytes, and far less than what would hurt. */
export const LINE_LIMIT = 32 * 1024 * 1024;

/** One message as it is sent. */
export function formatLine(message: AgentRequest | AgentReply): string {
  return `${JSON.stringify(message)}\n`;
}

/** Undefined for what is no request. */
export function readRequest(line: string): AgentRequest | undefined {
  const { op, file } = fieldsOf(line);
  if (op === 'decrypt') return typeof file === 'string' ? { op, file } : undefined;
  return op === 'until' || op === 'stop' ? { op } : undefined;
}

/** Undefined for what is no answer. */
export function readReply(line: string): AgentReply | undefined {
  const { kind, text, until } = fieldsOf(line);
  if (kind === 'text') return typeof text === 'string' ? { kind, text } : undefined;
  if (kind === 'until') return typeof until === 'string' ? { kind, until } : undefined;
  return kind === 'refused' ? { kind } : undefined;
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
