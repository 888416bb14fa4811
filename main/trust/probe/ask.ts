import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { RegentError } from '../../../shared/errors/index.ts';
import type { ProxyWay } from './proxy-way.ts';

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
 * @param way the proxy that is told the question, where one is
 * @throws RegentError `PROXY_SIGN_IN`; NodeJS.ErrnoException of the network, of TLS, or of Node's HTTP parser (`HPE_…`)
 */
export function ask(
  connection: Duplex,
  authority: string,
  path: string,
  signal: AbortSignal,
  way?: ProxyWay,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const question = request({
      createConnection: () => connection,
      method: 'GET',
      path: `${way?.prefix ?? ''}${path}`,
      headers: {
        ...{ Host: authority, Accept: '*/*', 'User-Agent': 'regent', Connection: 'close' },
        ...way?.headers,
      },
      signal,
    });
    question.once('error', reject);
    question.once('response', (response) => {
      let body = '';
      const finish = () => {
        connection.destroy();
        const { statusCode: status = 0, rawHeaders } = response;
        if (status === 407 && way) reject(new RegentError('PROXY_SIGN_IN', { proxy: way.name }));
        else resolve({ status, rawHeaders, body });
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
