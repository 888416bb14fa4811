// The step that runs as root, started by pkexec or sudo: one JSON request on stdin, one JSON receipt on stdout.
// It takes nothing from its arguments or environment, and changes nothing outside the consumers' own places.
import { machinePlaces } from '../targets/machine-places.ts';
import { perform } from './perform.ts';

const REQUEST_LIMIT = 1024 * 1024;

process.umask(0o022);
let text = '';
process.stdin.setEncoding('utf8');
for await (const chunk of process.stdin) {
  text += chunk;
  if (text.length > REQUEST_LIMIT) break;
}
const places = await machinePlaces('/', process.platform);
const receipt = await perform(text.length > REQUEST_LIMIT ? '' : text, places, ['machine']);
process.stdout.write(`${JSON.stringify(receipt)}\n`);
