/** An e-mail address in its two parts. */
export interface Mailbox {
  readonly local: string;
  /** In lower case. */
  readonly domain: string;
}

const QUOTED = /^"((?:[^"\\]|\\.)*)"@(.*)$/s;
const PLAIN = /^((?:\\.|[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.])+)@(.*)$/s;

/** Reads an e-mail address as Go does, which is by RFC 2821, 4.1.2 and not strict; undefined when it is none. */
export function parseMailbox(text: string): Mailbox | undefined {
  const quoted = QUOTED.exec(text);
  const [, local = '', domain = ''] = quoted ?? PLAIN.exec(text) ?? [];
  if (!quoted && (local === '' || /^\.|\.$|\.\./.test(local))) return undefined;
  if (!isDomain(domain)) return undefined;
  return { local: local.replace(/\\(.)/gs, '$1'), domain: domain.toLowerCase() };
}

/** Whether Go takes it for a domain: labels of visible ASCII, none of them empty; nothing at all is one too. */
export function isDomain(text: string): boolean {
  return text === '' || text.split('.').every((label) => /^[!-~]+$/.test(label));
}
