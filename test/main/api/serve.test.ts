import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterEach, describe, expect, it } from 'vitest';
import { callInProcess, serveOverPort } from '../../../main/api/serve.ts';
import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import type { RegentClient } from '../../../shared/contract/client.ts';
import type { Handlers } from '../../../shared/contract/handlers.ts';
import { RegentError } from '../../../shared/errors/index.ts';

const registry = { address: 'nas:5000', scheme: 'https', addedAt: '', demo: false } as const;

/** Handlers of which only those under test do anything. */
function handlersWith(
  some: {
    readonly [D in keyof Handlers]?: Partial<Handlers[D]>;
  },
): Handlers {
  return some as Handlers;
}

const doors: readonly (readonly [
  string,
  (handlers: Handlers, log: (error: unknown) => void) => RegentClient,
])[] = [
  ['in process', callInProcess],
  [
    'over a port',
    (handlers, log) => {
      const { port1, port2 } = new MessageChannel();
      closing.push(() => port1.close());
      serveOverPort(handlers, port1, log);
      port1.start();
      port2.start();
      return createORPCClient(new RPCLink({ port: port2 }));
    },
  ],
];
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

describe.each(doors)('the contract, called %s', (_, open) => {
  const thrownBy = async (call: Promise<unknown>) =>
    problemOfCall(
      await call.then(
        () => undefined,
        (error: unknown) => error,
      ),
    );

  it('hands over what a handler answers', async () => {
    const client = open(handlersWith({ registries: { list: () => [registry] } }), () => undefined);
    expect(await client.registries.list()).toEqual([registry]);
  });

  it('carries an error of the list with its data', async () => {
    const fail = () => {
      throw new RegentError('HOST_UNKNOWN', { host: 'nas' });
    };
    const client = open(handlersWith({ registries: { status: fail } }), () => undefined);
    expect(await thrownBy(client.registries.status({ address: 'nas:5000' }))).toEqual({
      code: 'HOST_UNKNOWN',
      data: { host: 'nas' },
    });
  });

  it('carries an error that ends a stream', async () => {
    const list = async function* () {
      yield { repositories: ['team/api'] };
      throw new RegentError('RATE_LIMITED', { address: 'nas:5000', seconds: 5 });
    };
    const client = open(handlersWith({ repositories: { list } }), () => undefined);
    const pages: unknown[] = [];
    const read = async () => {
      const stream = await client.repositories.list({ address: 'nas:5000' });
      for await (const page of stream) pages.push(page);
    };
    expect(await thrownBy(read())).toMatchObject({ code: 'RATE_LIMITED' });
    expect(pages).toEqual([{ repositories: ['team/api'] }]);
  });

  it('keeps everything about an unexpected error to the log', async () => {
    const secret = new Error('password=hunter2');
    const logged: unknown[] = [];
    const fail = () => {
      throw secret;
    };
    const client = open(handlersWith({ registries: { list: fail } }), (e) => logged.push(e));
    const thrown = await client.registries.list().catch((error: unknown) => error);
    expect(problemOfCall(thrown)).toEqual({ code: 'INTERNAL', data: {} });
    expect(logged).toEqual([secret]);
  });

  it.each(['../../etc', 'a b', '', 'nas:99999', 'http://nas'])(
    'refuses %j before any handler sees it',
    async (address) => {
      let called = false;
      const remove = () => {
        called = true;
        return { removed: true };
      };
      const client = open(handlersWith({ registries: { remove } }), () => undefined);
      expect(await thrownBy(client.registries.remove({ address }))).toEqual({
        code: 'INPUT_INVALID',
        data: { field: 'address' },
      });
      expect(called).toBe(false);
    },
  );

  it('tells a stream that its reader has gone', async () => {
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const watch = async function* () {
      try {
        for (;;) {
          yield [];
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        ended();
      }
    };
    const client = open(handlersWith({ tasks: { watch } }), () => undefined);
    for await (const _tasks of await client.tasks.watch()) break;
    await end;
  });
});

it('over a port, an unexpected error says nothing of its words', async () => {
  const { port1, port2 } = new MessageChannel();
  closing.push(() => port1.close());
  const fail = () => {
    throw new Error('password=hunter2');
  };
  serveOverPort(handlersWith({ registries: { list: fail } }), port1, () => undefined);
  const said: string[] = [];
  port2.on('message', (data) => said.push(typeof data === 'string' ? data : JSON.stringify(data)));
  const client: RegentClient = createORPCClient(new RPCLink({ port: port2 }));
  port1.start();
  port2.start();
  await client.registries.list().catch(() => undefined);
  expect(said.join()).not.toContain('hunter2');
  expect(said.length).toBeGreaterThan(0);
});
