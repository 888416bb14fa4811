import { request } from 'node:http';
import type { Duplex } from 'node:stream';

/** What a server answered to one question. */
export interface Answer {
  readonly status: number;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  /** The first 64 KiB. */
  readonly body: string;
}

const BODY_LIMIT = 64 * 1024;

/**
 * Asks with one GET over a connection that is open already. No credentials, no cookies, no redirect is
 * followed; the connection is used up by it.
 * @param authority what goes into `Host`
 * @throws NodeJS.ErrnoException of the network, of TLS, or of Node's HTTP parser (`HPE_…`)
 */
export function ask(
  connection: Duplex,
  authority: string,
  path: string,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const question = request({
      createConnection: () => connection,
      method: 'GET',
      path,
      headers: { Host: authority, Accept: '*/*', 'User-Agent': 'regent', Connection: 'close' },
      signal,
    });
    question.once('error', reject);
    question.once('response', (response) => {
      let body = '';
      const finish = () => {
        resolve({ status: response.statusCode ?? 0, rawHeaders: response.rawHeaders, body });
        connection.destroy();
      };
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body = (body + chunk).slice(0, BODY_LIMIT);
        if (body.length === BODY_LIMIT) finish();
      });
      response.once('end', finish);
      response.once('error', reject);
    });
    question.end();
  });
}
