import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Handlers } from '../../../shared/contract/handlers.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import type { Tag } from '../../../shared/model/image.ts';
import { documentOf, failing, regent } from './fake-terminal.ts';
import { ADDRESS } from './samples.ts';

const DIGEST = `sha256:${'d'.repeat(64)}`;
const tagOf = (name: string): Tag => ({
  name,
  digest: DIGEST,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  size: 12_345_678,
  created: '2026-11-19T12:00:00Z',
  platforms: ['linux/amd64', 'linux/arm64'],
});

describe('regent ls', () => {
  const pages = {
    handlers: {
      repositories: {
        list: async function* () {
          yield { repositories: ['team/api', 'team/web'] };
          yield { repositories: ['tools/\u001b[2Jx'] };
        },
      },
    },
  };

  it('lists all pages, cleaned for the terminal', async () => {
    const run = await regent(['ls', ADDRESS], pages);
    expect([run.status, run.stdout]).toEqual([0, 'team/api\nteam/web\ntools/x\n']);
  });

  it('lists what contains the filter', async () => {
    const run = await regent(['ls', ADDRESS, '--filter', 'WEB', '--json'], pages);
    expect(documentOf(run)).toEqual({ address: ADDRESS, repositories: ['team/web'] });
    const none = await regent(['ls', ADDRESS, '--filter', 'zzz'], pages);
    expect([none.status, none.stdout, none.stderr]).toEqual([0, '', 'No repository found.\n']);
  });

  it('lists one namespace, which is asked for as it was typed', async () => {
    const asked: unknown[] = [];
    const ofNamespace = async function* (input: unknown) {
      asked.push(input);
      yield { repositories: ['grafana/loki'] };
    };
    const some = { handlers: { repositories: { ofNamespace } } };
    const run = await regent(['ls', 'docker.io/grafana/', '--json'], some);
    const [address, namespace] = ['docker.io', 'grafana'];
    expect(documentOf(run)).toEqual({ address, namespace, repositories: ['grafana/loki'] });
    await regent(['ls', `${ADDRESS}/team/tools`], some);
    expect(asked).toEqual([
      { address, namespace },
      { address: ADDRESS, namespace: 'team/tools' },
    ]);
    // An image is no namespace: its registry is meant.
    const whole = await regent(['ls', `${ADDRESS}/team/api:2`, '--json'], pages);
    expect(documentOf(whole)).toMatchObject({ repositories: { length: 3 } });
  });

  it('says what works where a registry does not list all', async () => {
    const list = failing('NAMESPACE_NEEDED', { address: 'docker.io' });
    const run = await regent(['ls', 'docker.io'], { handlers: { repositories: { list } } });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('regent search TEXT --registry docker.io');
  });

  it('ends as the registry answers, also in the middle', async () => {
    const list = async function* () {
      yield { repositories: ['a'] };
      throw new RegentError('SIGN_IN_REQUIRED', { address: ADDRESS });
    };
    const run = await regent(['ls', ADDRESS, '--json'], { handlers: { repositories: { list } } });
    expect(run.status).toBe(4);
    expect(documentOf(run)).toMatchObject({ error: { code: 'SIGN_IN_REQUIRED' } });
  });
});

describe('what was seen before', () => {
  const at = '2026-11-20T08:00:00.000Z';
  const keeping = (kept: unknown, keptTags: unknown) => ({
    handlers: {
      repositories: { kept: () => kept, keptTags: () => keptTags } as Partial<
        Handlers['repositories']
      >,
    },
  });
  const names = keeping({ repositories: ['team/api', 'team/web'], at }, null);
  const tags = keeping(null, { tags: ['1', '2'], details: [tagOf('2')], at });

  it('is listed without the registry, and says of when it is', async () => {
    const run = await regent(['ls', ADDRESS, '--offline', '--filter', 'api'], names);
    expect([run.status, run.stdout]).toEqual([0, 'team/api\n']);
    expect(run.stderr).toMatch(/^As of Nov 20, 2026.*the registry was not asked\.\n$/);
    const json = await regent(['ls', ADDRESS, '--offline', '--json'], names);
    expect(documentOf(json)).toEqual({
      ...{ address: ADDRESS, repositories: ['team/api', 'team/web'], at },
    });
  });

  it('is shown tag by tag, with what is known of each', async () => {
    const run = await regent(['tags', `${ADDRESS}/team/api`, '--offline'], tags);
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/^1 +\?\n2 +dddddddddddd +12 MB/);
    const one = await regent(['tags', `${ADDRESS}/team/api:2`, '--offline', '--json'], tags);
    expect(documentOf(one)).toEqual({
      ...{ address: ADDRESS, repository: 'team/api', tags: [tagOf('2')], at },
    });
    const unknown = await regent(['tags', `${ADDRESS}/team/api:1`, '--offline', '--json'], tags);
    expect(documentOf(unknown)).toMatchObject({
      tags: [{ name: '1', digest: null, problem: null }],
    });
  });

  it.each([
    [['ls', ADDRESS], tags],
    [['tags', `${ADDRESS}/team/api`], names],
    [['tags', `${ADDRESS}/team/api:9`], tags],
  ])('%j is nothing', async (argv, terminal) => {
    const run = await regent([...argv, '--offline', '--json'], terminal);
    expect(run.status).toBe(5);
    expect(documentOf(run)).toMatchObject({ error: { code: 'NOTHING_KEPT' } });
  });

  it('is searched in all registries', async () => {
    const hit = { address: ADDRESS, repository: 'team/api', favourite: true };
    const found = { handlers: { repositories: { search: () => ({ hits: [hit] }) } } };
    const run = await regent(['search', 'api'], found);
    expect([run.status, run.stdout]).toEqual([0, `${ADDRESS}/team/api ★\n`]);
    expect(documentOf(await regent(['search', 'api', '--json'], found))).toEqual({
      repositories: [hit],
    });
    const none = await regent(['search', 'x'], {
      handlers: { repositories: { search: () => ({ hits: [] }) } },
    });
    expect([none.status, none.stdout]).toEqual([5, '']);
  });
});

describe('regent cache', () => {
  const statusOf = (bytes: number, fault: string | null = null) => ({
    ...{ path: '/home/ada/.cache/regent', lists: bytes / 10, fault },
    content: { bytes, files: bytes === 0 ? 0 : 3, limit: 536_870_912 },
  });
  const handlers = {
    settings: {
      get: failing('STATE_INVALID', { path: 'settings' }),
      cache: () => statusOf(12_000_000),
      clearCache: () => statusOf(0),
    },
  };

  it('says how much is kept where, and removes it', async () => {
    const run = await regent(['cache'], { handlers });
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('/home/ada/.cache/regent');
    expect(run.stdout).toContain('12 MB of 537 MB at most, 3 files');
    const cleared = await regent(['cache', '--clear', '--json'], { handlers });
    expect(documentOf(cleared)).toEqual(statusOf(0));
  });

  it('says why nothing is kept', async () => {
    const settings = { ...handlers.settings, cache: () => statusOf(0, 'foreignOwner') };
    const run = await regent(['cache'], { handlers: { settings } });
    expect(run.stdout).toContain('the folder belongs to another user');
  });
});

describe('regent tags', () => {
  const document = z.object({
    repository: z.string(),
    tags: z.array(
      z.object({
        name: z.string(),
        digest: z.string().nullable(),
        mediaType: z.string().nullable(),
        size: z.number().nullable(),
        created: z.string().nullable(),
        platforms: z.array(z.string()),
      }),
    ),
  });
  const holding = (
    names: readonly string[],
    tag: (input: { readonly tag: string }) => Tag | Promise<Tag> = ({ tag: name }) => tagOf(name),
  ) => ({
    handlers: {
      repositories: {
        tags: ({ repository }: { readonly repository: string }) => ({
          repository,
          tags: [...names],
        }),
        tag,
      },
    },
  });
  const argv = ['tags', `${ADDRESS}/team/app`];

  it('prints what is behind each tag', async () => {
    const run = await regent([...argv, '--json'], holding(['1.0', '2.0']));
    const printed = document.parse(documentOf(run));
    expect(printed).toEqual({ repository: 'team/app', tags: [tagOf('1.0'), tagOf('2.0')] });
    const words = await regent(argv, holding(['1.0']));
    expect(words.stdout).toBe(
      `1.0  ${'d'.repeat(12)}  12 MB  2 days ago  linux/amd64, linux/arm64\n`,
    );
  });

  it('asks for at most 16 at a time and keeps the order', async () => {
    let [running, most] = [0, 0];
    const names = Array.from({ length: 50 }, (_, index) => `v${index}`);
    const run = await regent(
      [...argv, '--json'],
      holding(names, async ({ tag }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return tagOf(tag);
      }),
    );
    expect(most).toBe(16);
    expect(document.parse(documentOf(run)).tags.map(({ name }) => name)).toEqual(names);
  });

  it('keeps the others when one tag is gone, and says so', async () => {
    const world = holding(['1.0', 'gone'], ({ tag }) => {
      if (tag === 'gone') throw new RegentError('TAG_NOT_FOUND', { reference: 'app:gone' });
      return tagOf(tag);
    });
    const run = await regent([...argv, '--json'], world);
    expect(run.status).toBe(5);
    expect(document.parse(documentOf(run)).tags).toHaveLength(2);
    expect(documentOf(run).tags).toContainEqual(
      expect.objectContaining({
        name: 'gone',
        problem: expect.objectContaining({ code: 'TAG_NOT_FOUND' }),
      }),
    );
    expect((await regent(argv, world)).stderr).toContain('app:gone');
  });

  it('ends when the registry stops answering', async () => {
    const tag = failing('CONNECTION_REFUSED', { address: ADDRESS });
    const run = await regent([...argv, '--json'], holding(['1.0', '2.0'], tag));
    expect(run.status).toBe(6);
    expect(documentOf(run)).toMatchObject({ error: { code: 'CONNECTION_REFUSED' } });
  });

  it('looks at one tag only, when one is named', async () => {
    const run = await regent(
      ['tags', `${ADDRESS}/team/app:2.0`, '--json'],
      holding(['1.0', '2.0']),
    );
    expect(document.parse(documentOf(run)).tags.map(({ name }) => name)).toEqual(['2.0']);
  });

  it('says that Docker Hub is meant where no registry is named', async () => {
    const run = await regent(['tags', 'team/hello'], holding(['1.0']));
    expect(run.stderr).toContain('Docker Hub');
    expect(run.stderr).toContain('registry.example.com/team/hello');
    for (const argv of [
      ['tags', 'docker.io/team/hello'],
      ['tags', 'team/hello', '--json'],
    ]) {
      expect((await regent(argv, holding(['1.0']))).stderr).toBe('');
    }
  });

  it.each([[ADDRESS], [`${ADDRESS}/`], [`${ADDRESS}/app@${DIGEST}`]])(
    'wants a repository, not %s',
    async (text) => {
      const run = await regent(['tags', text, '--json']);
      expect(run.status).toBe(2);
    },
  );
});

describe('regent images', () => {
  it('lists the images of the engine', async () => {
    const image = {
      id: `sha256:${'e'.repeat(64)}`,
      tags: [`${ADDRESS}/team/app:1.0`, `${ADDRESS}/team/app:latest`],
      digests: [],
      size: 1_500,
      created: '2026-11-21T11:00:00Z',
    };
    const world = { handlers: { images: { list: () => [image] } } };
    expect(documentOf(await regent(['images', '--json'], world))).toEqual({ images: [image] });
    const lines = (await regent(['images'], world)).stdout.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/app:1\.0 +e{12} +1\.5 kB +1 hour ago$/);
  });

  it('says how to get an engine', async () => {
    const list = failing('ENGINE_ABSENT', { tried: ['/var/run/docker.sock'] });
    const run = await regent(['images'], { handlers: { images: { list } } });
    expect(run.status).toBe(6);
    expect(run.stderr).toContain('systemctl start docker');
  });
});

describe('regent search --registry', () => {
  const found = (isComplete: boolean) => ({
    handlers: {
      repositories: {
        find: () => ({
          repositories: [
            { name: 'library/postgres', description: 'A \u001b[2Jdatabase' },
            { name: 'acme/pg', description: null },
          ],
          isComplete,
        }),
      },
    },
  });
  const argv = ['search', 'postgres', '--registry', 'docker.io'];

  it('asks that registry, and says when there is more', async () => {
    const run = await regent(argv, found(false));
    expect([run.status, run.stdout]).toEqual([0, 'library/postgres  A [2Jdatabase\nacme/pg\n']);
    expect(run.stderr).toBe(
      'There are more than these 2 repositories; a longer text finds less.\n',
    );
    expect((await regent(argv, found(true))).stderr).toBe('');
    const [address, complete] = ['docker.io', true];
    expect(documentOf(await regent([...argv, '--json'], found(true)))).toEqual({
      repositories: [
        { address, repository: 'library/postgres', description: 'A \u001b[2Jdatabase' },
        { address, repository: 'acme/pg', description: null },
      ],
      complete,
    });
  });

  it('ends with 5 where nothing is found', async () => {
    const find = () => ({ repositories: [], isComplete: true });
    const run = await regent(argv, { handlers: { repositories: { find } } });
    expect([run.status, run.stderr]).toEqual([5, 'docker.io has found nothing.\n']);
  });
});
