// The step that runs as root, started by pkexec or sudo: one JSON request on stdin, one JSON receipt on stdout.
// It takes nothing from its arguments or environment, and changes nothing outside the consumers' own places. Where
// its own file could be changed by others, it is handed over on stdin with the request in front (see elevation.ts).
import { withLock } from '../../platform/with-lock.ts';
import { machinePlaces } from '../targets/machine-places.ts';
import { perform } from './perform.ts';

const REQUEST_LIMIT = 1024 * 1024;

process.umask(0o022);
process.chdir('/');
// What it runs sees nothing of the user's environment either.
for (const name of Object.keys(process.env)) delete process.env[name];
Object.assign(process.env, { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' });

const text = handedOver() ?? (await readStdin());
const places = await machinePlaces('/', process.platform);
const request = text.length > REQUEST_LIMIT ? '' : text;
// One step at a time, whoever asked for it: the journals' locks are each user's own.
const receipt = await withLock('/run/regent/trust', () => perform(request, places, ['machine']));
process.stdout.write(`${JSON.stringify(receipt)}\n`);

function handedOver(): string | undefined {
  const { regentRequest } = globalThis as { readonly regentRequest?: unknown };
  return typeof regentRequest === 'string' ? regentRequest : undefined;
}

async function readStdin(): Promise<string> {
  let all = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    all += chunk;
    if (all.length > REQUEST_LIMIT) break;
  }
  return all;
}
