import type { Dispatcher } from 'undici';
import { expect, it } from 'vitest';
import { patience } from '../../../../main/registry/limits.ts';
import { connectionError } from '../../../../main/registry/transport/connection-errors.ts';
import { createExchange, type HttpRequest } from '../../../../main/registry/transport/exchange.ts';
import { calm } from '../open-fake.ts';

/** A connection that nobody answers on, with how long it was going to wait. */
function silence() {
  const waits: unknown[] = [];
  const late = Object.assign(new Error('late'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
  const dispatch: Dispatcher['dispatch'] = (options, handler) => {
    waits.push(options.headersTimeout);
    handler.onResponseError?.({} as Dispatcher.DispatchController, late);
    return true;
  };
  const exchange = createExchange({
    pool: async () => ({ dispatch }) as unknown as Dispatcher,
    nameOf: ({ host }) => host,
    routeTo: ({ pathname }) => ({ path: pathname, proxy: null }),
  });
  return { waits, late, exchange };
}

it.each([
  ['GET', patience.headers],
  ['PATCH', patience.headers],
  ['PUT', patience.commit],
] as const)('waits for the answer to a %s for %i ms, and says so', async (method, wait) => {
  const { waits, late, exchange } = silence();
  const url = new URL('https://nas/v2/');
  const request: HttpRequest = { method, url, headers: {}, limit: 1, signal: calm };
  await expect(exchange(request)).rejects.toBe(late);
  expect(waits).toEqual([wait]);
  expect(connectionError(late, url, 'nas', method)).toMatchObject({
    code: 'CONNECTION_TIMEOUT',
    data: { seconds: wait / 1000 },
  });
});
