// The step that runs as root, started by pkexec or sudo: one JSON request on stdin, one JSON receipt on stdout.
// It takes nothing from its arguments or environment, and changes nothing outside Docker's trust folder.
import { perform } from './perform.ts';

const CERTS_D = '/etc/docker/certs.d';
const REQUEST_LIMIT = 256 * 1024;

process.umask(0o022);
let text = '';
process.stdin.setEncoding('utf8');
for await (const chunk of process.stdin) {
  text += chunk;
  if (text.length > REQUEST_LIMIT) break;
}
const receipt = await perform(text.length > REQUEST_LIMIT ? '' : text, CERTS_D);
process.stdout.write(`${JSON.stringify(receipt)}\n`);
