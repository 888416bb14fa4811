import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { RegentError } from '../../shared/errors/index.ts';
import type { Endpoint } from './endpoint.ts';

/** One request to an engine. */
export interface EngineCall {
  readonly method: 'GET' | 'POST';
  /** Path with query, percent-encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON text. */
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Gives up after so many milliseconds without a byte; by default waits on. */
  readonly idleMs?: number;
}

/**
 * Sends one request and answers with the response as soon as its head is there, whatever its status. Each request
 * has a connection of its own: dropping it is the only way to cancel work in an engine.
 * @throws RegentError `ENGINE_PERMISSION`, `ENGINE_UNREACHABLE`; the signal's reason when it fires
 */
export function callEngine(endpoint: Endpoint, call: EngineCall): Promise<IncomingMessage> {
  const { body = '', signal } = call;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const request = open(endpoint, {
      method: call.method,
      path: call.path,
      agent: false,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(call.method === 'POST' ? { 'content-length': Buffer.byteLength(body) } : {}),
        ...call.headers,
      },
      ...(signal ? { signal } : {}),
      ...(call.idleMs ? { timeout: call.idleMs } : {}),
    });
    request.once('timeout', () => request.destroy(timedOut()));
    request.once('error', (error) => reject(engineFailure(endpoint, error, signal)));
    request.once('response', (response: IncomingMessage) => {
      // Errors after this go to whoever reads the body.
      response.on('error', () => undefined);
      resolve(response);
    });
    request.end(body);
  });
}

/**
 * The error to throw for what a connection to an engine failed with: the signal's reason when it was cancelled,
 * otherwise `ENGINE_PERMISSION` or `ENGINE_UNREACHABLE` with the system's code.
 */
export function engineFailure(endpoint: Endpoint, error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof RegentError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM'
    ? new RegentError('ENGINE_PERMISSION', { endpoint: endpoint.url }, error)
    : new RegentError(
        'ENGINE_UNREACHABLE',
        { endpoint: endpoint.url, detail: code ?? message },
        error,
      );
}

function open(endpoint: Endpoint, options: RequestOptions) {
  if (endpoint.kind === 'socket') return requestPlain({ ...options, socketPath: endpoint.path });
  const { host, port, tls } = endpoint;
  return tls
    ? requestTls({ ...options, ...tls, host, port, rejectUnauthorized: true })
    : requestPlain({ ...options, host, port });
}

function timedOut(): NodeJS.ErrnoException {
  return Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
}
