import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Agent, type Dispatcher, request } from 'undici';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import { type ContentStore, createContentStore } from '../../main/registry/cache/content-store.ts';
import { createKeptLists } from '../../main/registry/cache/kept-lists.ts';
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
    const cache = await mkdtemp(join(tmpdir(), 'bench-cache-'));
    onTestFinished(() => rm(cache, { recursive: true, force: true }));
    const viewer = { address: registry.address, user: null };
    const stores = () => ({
      content: createContentStore({ cache }),
      kept: createKeptLists({ cache, clock: systemClock }),
    });
    /** One visit by a process of its own; its milliseconds, and what it asked for. */
    const visit = async (show: (opened: ReturnType<typeof stores>) => Promise<void>) => {
      const opened = stores();
      const before = await registry.requests();
      const started = performance.now();
      await show(opened);
      const milliseconds = performance.now() - started;
      await Promise.all([opened.content.settled(), opened.kept.settled()]);
      const after = await registry.requests();
      return {
        milliseconds,
        requests: after.all - before.all,
        reads: after.reads - before.reads,
      };
    };
    const readAll = async ({ content, kept }: ReturnType<typeof stores>) => {
      const client = registry.client(content);
      await eachAtOnce(async (tag) => {
        const known = await kept.tag(viewer, 'team/app', tag);
        const details = await client.describeTag('team/app', tag, never(), known);
        expect(details.platforms).toEqual(['linux/amd64']);
        if (details !== known) kept.noteTag(viewer, 'team/app', details);
      });
      await client.close();
    };
    const first = await visit(async (opened) => {
      opened.kept.noteTags(viewer, 'team/app', tags);
      await readAll(opened);
    });
    const shown = await visit(async ({ kept }) => {
      expect((await kept.tags(viewer, 'team/app'))?.details).toHaveLength(1000);
    });
    const confirmed = await visit(readAll);
    report({
      name: 'details again, shown: requests',
      ...{ ours: shown.requests, peer: first.requests, unit: 'requests' },
      budget: { atMost: 0 },
    });
    report({
      name: 'details again, confirmed: pulls',
      ...{ ours: confirmed.reads, peer: first.reads, unit: 'requests' },
      budget: { atMost: 0 },
    });
    report({
      name: 'details again, confirmed: requests',
      ...{ ours: confirmed.requests, peer: first.requests, unit: 'requests' },
      budget: { atMost: 0.5 },
    });
    for (const [name, { milliseconds }] of Object.entries({ shown, confirmed })) {
      const unit = 'ms';
      report({
        name: `details again, ${name}`,
        ours: milliseconds,
        peer: first.milliseconds,
        unit,
      });
    }

    const dispatcher = new Agent({ connections: atOnce });
    const get = async (path: string) =>
      (await request(registry.origin + path, { dispatcher })).body;
    const bare = () =>
      eachAtOnce(async (tag) => {
        const { config } = (await (await get(`/v2/team/app/manifests/${tag}`)).json()) as {
          config: { digest: string };
        };
        await (await get(`/v2/team/app/blobs/${config.digest}`)).json();
      });
    const rates = async (describeAll: () => Promise<unknown>) => {
      const times = await race(5, describeAll, bare);
      const rate = (milliseconds: number) => (first.requests / milliseconds) * 1000;
      return { ours: rate(times.ours), peer: rate(times.peer), unit: 'requests/s' };
    };
    const freshly = async (content?: ContentStore) => {
      const fresh = registry.client(content);
      await eachAtOnce(async (tag) => void (await fresh.describeTag('team/app', tag, never())));
      await fresh.close();
    };
    report({
      name: 'details of 1,000 tags',
      ...(await rates(() => freshly())),
      budget: { atLeast: 0.8 },
    });
    let folders = 0;
    report({
      name: 'details of 1,000 tags, kept',
      ...(await rates(async () => {
        folders += 1;
        const content = createContentStore({ cache: join(cache, `first-${folders}`) });
        const started = performance.now();
        await freshly(content);
        const milliseconds = performance.now() - started;
        await content.settled();
        return milliseconds;
      })),
      budget: { atLeast: 0.8 },
    });
    await dispatcher.close();
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
