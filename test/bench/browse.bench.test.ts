import { Agent, type Dispatcher, request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithLab } from '../lab/index.ts';
import { race, report } from './compare.ts';
import { type BenchRegistry, startBenchRegistry } from './registry-server.ts';

/** As many connections as the registry client opens for browsing. */
const atOnce = 16;
const never = () => new AbortController().signal;
const tags = Array.from({ length: 1000 }, (_, index) => `1.${index}`);

describeWithLab('browsing, against bare undici', [], () => {
  let registry: BenchRegistry;
  beforeAll(async () => {
    registry = await startBenchRegistry();
  });
  afterAll(() => registry?.stop());

  it('lists 10,000 repositories', async () => {
    const times = await race(
      20,
      async () => {
        const client = registry.client();
        let count = 0;
        for await (const page of client.listRepositories(never())) count += page.length;
        expect(count).toBe(10_000);
        await client.close();
      },
      async () => {
        const dispatcher = new Agent({ connections: 1 });
        let count = 0;
        let path: string | undefined = '/v2/_catalog?n=1000';
        while (path !== undefined) {
          const answer: Dispatcher.ResponseData = await request(registry.origin + path, {
            dispatcher,
          });
          count += ((await answer.body.json()) as { repositories: string[] }).repositories.length;
          path = /<(.*)>/.exec(String(answer.headers.link ?? ''))?.[1];
        }
        expect(count).toBe(10_000);
        await dispatcher.close();
      },
    );
    report({ name: 'ls, 10,000 repositories', ...times, unit: 'ms', budget: { atMost: 1.2 } });
  });

  it('reads the details of 1,000 tags, and again', async () => {
    const before = await registry.requests();
    const client = registry.client();
    const describeAll = () =>
      eachAtOnce(async (tag) => {
        expect((await client.describeTag('team/app', tag, never())).platforms).toEqual([
          'linux/amd64',
        ]);
      });
    await describeAll();
    const first = (await registry.requests()) - before;
    await describeAll();
    const second = (await registry.requests()) - before - first;
    await client.close();
    report({
      name: 'details again: requests',
      ours: second,
      peer: first,
      unit: 'requests',
      budget: { atMost: 0 },
    });

    const dispatcher = new Agent({ connections: atOnce });
    const get = async (path: string) =>
      (await request(registry.origin + path, { dispatcher })).body;
    const times = await race(
      5,
      async () => {
        const fresh = registry.client();
        await eachAtOnce(async (tag) => void (await fresh.describeTag('team/app', tag, never())));
        await fresh.close();
      },
      () =>
        eachAtOnce(async (tag) => {
          const { config } = (await (await get(`/v2/team/app/manifests/${tag}`)).json()) as {
            config: { digest: string };
          };
          await (await get(`/v2/team/app/blobs/${config.digest}`)).json();
        }),
    );
    await dispatcher.close();
    const rate = (milliseconds: number) => (first / milliseconds) * 1000;
    report({
      name: 'details of 1,000 tags',
      ...{ ours: rate(times.ours), peer: rate(times.peer), unit: 'requests/s' },
      budget: { atLeast: 0.8 },
    });
  });
});

/** Does something with every tag, `atOnce` at a time. */
async function eachAtOnce(work: (tag: string) => Promise<void>): Promise<void> {
  const queue = tags.values();
  const one = async () => {
    for (const tag of queue) await work(tag);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
