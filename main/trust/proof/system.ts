import { plainWords } from '../../../shared/errors/decode-engine-message.ts';
import { type Problem, problem } from '../../../shared/errors/index.ts';
import { parseAddress } from '../../../shared/model/address.ts';
import type { AskConsumer, ProofTools } from './proof-tools.ts';
import { LIMIT_SECONDS, runForProof } from './run-for-proof.ts';
import { answered, notProven } from './verdict.ts';

/** curl gives up by itself before the limit, with a status that says why. */
const CURL_SECONDS = LIMIT_SECONDS - 10;

/** What would make curl read another list of authorities than the system's. */
const OWN_LISTS = ['CURL_CA_BUNDLE', 'CURL_CA_PATH', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

/**
 * Asks with curl, in a process of its own: it reads the system's list of authorities and nothing else, as most programs
 * do, and starts anew. It proves the list, not any engine.
 */
export const askSystem: AskConsumer = async (task, tools) => {
  const path = await findCurl(tools);
  if (path === undefined) return [notProven('pull', 'no-tool')];
  const { address } = task;
  const args = [
    // First, or the user's own settings are read.
    '-q',
    ...[
      '--silent',
      '--show-error',
      '--output',
      tools.places.platform === 'win32' ? 'NUL' : '/dev/null',
    ],
    ...['--max-time', String(CURL_SECONDS), `https://${address}/v2/`],
  ];
  const env = Object.fromEntries(
    Object.entries(tools.env).filter(([name]) => !OWN_LISTS.includes(name)),
  );
  const ended = await runForProof(path, args, task, tools, { env });
  if (!ended) return [notProven('pull', 'no-tool')];
  const { status, stderr, late } = ended;
  const words = plainWords(stderr.split('\n')[0] ?? '');
  return [answered('pull', meaningOf(late ? TIMED_OUT : status, address, words), words)];
};

/** Of macOS and Windows only their own curl reads the system's list. */
async function findCurl({ places, which }: ProofTools): Promise<string | undefined> {
  if (places.platform === 'darwin') return '/usr/bin/curl';
  if (places.platform === 'win32') return 'C:\\Windows\\System32\\curl.exe';
  return which('curl');
}

const TIMED_OUT = 28;

/** What curl's exit status means (curl(1), "EXIT CODES"). Whatever the registry answers, it was got through to. */
function meaningOf(status: number | null, address: string, words: string): Problem | null {
  switch (status) {
    case 0:
      return null;
    case 6:
      return problem('HOST_UNKNOWN', { host: parseAddress(address).host });
    case 7:
      return problem('CONNECTION_REFUSED', { address });
    case TIMED_OUT:
      return problem('CONNECTION_TIMEOUT', { address, seconds: CURL_SECONDS });
    case 35:
      return problem('TLS_FAILED', { address, detail: words });
    case 51:
    case 60:
      return problem('PROGRAM_UNTRUSTED', { address, program: 'curl', message: words });
    default:
      return problem('CONNECTION_FAILED', { address, detail: words });
  }
}
