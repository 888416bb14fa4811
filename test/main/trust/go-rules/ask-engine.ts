import { type IncomingMessage, request } from 'node:http';
import type { LabEngine } from '../../../lab/index.ts';
import { ACCEPTED } from './row.ts';

/** The ways into an engine that read registry trust separately. */
export type WayIn = 'sign-in' | 'pull';

/**
 * Has an engine look at a registry of ours, and says what it thinks of its TLS: `accepted`, or the words after the
 * request that failed.
 */
export async function askEngine(engine: LabEngine, way: WayIn, address: string): Promise<string> {
  const { status, body } =
    way === 'sign-in'
      ? await call(engine, '/auth', { username: 'x', password: 'x', serveraddress: address })
      : await call(engine, `/images/create?fromImage=${encodeURIComponent(`${address}/x`)}&tag=1`);
  if (way === 'sign-in' && status === 200) return ACCEPTED;
  const said = messageOf(body);
  return /manifest unknown|: not found$/.test(said) ? ACCEPTED : withoutRequest(said);
}

/** Behind this prefix, which names the request and since Go 1.20 the occasion, is what Go's TLS said. */
const REQUEST = /^.*?(?:Get|Head) "[^"]*": (?:tls: failed to verify certificate: )?/s;
/** What containerd's reader says before there is a request. */
const REFERENCE = /^failed to resolve reference "[^"]*": |(?<=unable to load CA cert) "[^"]*"$/g;

const withoutRequest = (text: string) => text.replace(REQUEST, '').replace(REFERENCE, '');

/** A refusal is one JSON object; of a pull that had begun, the last line tells the end. */
function messageOf(body: string): string {
  const last: unknown = JSON.parse(body.trim().split('\n').at(-1) ?? '');
  if (typeof last === 'object' && last !== null) {
    if ('message' in last) return String(last.message);
    if ('error' in last) return String(last.error);
  }
  return body;
}

function call(
  { socketPath }: LabEngine,
  path: string,
  body: object = {},
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' };
    const asked = request({ socketPath, path, method: 'POST', headers });
    asked.once('error', reject);
    asked.once('response', async (response: IncomingMessage) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
      );
    });
    asked.end(JSON.stringify(body));
  });
}
