import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { RegentError } from '../../../shared/errors/index.ts';
import type { EngineStatus } from '../../../shared/model/image.ts';
import { documentOf, failing, regent, type SomeHandlers } from './fake-terminal.ts';
import { CA, planOf, probeEventsOf, reportOf, resultOf, taskOf } from './samples.ts';

const ADDRESS = '127.0.0.1:40001';
const absent: EngineStatus = {
  state: 'absent',
  problem: { code: 'ENGINE_ABSENT', data: { tried: ['/var/run/docker.sock'] } },
};
const ready: EngineStatus = {
  state: 'ready',
  endpoint: 'unix:///var/run/docker.sock',
  name: 'Docker Engine',
  version: '28.0',
  apiVersion: '1.50',
  local: true,
  imageStore: 'classic',
};

const document = z.object({
  address: z.string(),
  ok: z.boolean(),
  steps: z.array(
    z.object({
      id: z.string(),
      status: z.enum(['done', 'attention', 'skipped', 'failed']),
      title: z.string().min(1),
      detail: z.array(z.string()),
      problem: z.object({ code: z.string(), message: z.string(), fix: z.string() }).nullable(),
    }),
  ),
});

describe('regent demo', () => {
  const world = (engine: EngineStatus, changes: SomeHandlers = {}) => {
    const calls: string[] = [];
    const account = {
      ...{ address: ADDRESS, username: 'demo', updatedAt: '2026-11-21T12:00:00Z' },
      ...{ kind: 'password' as const, inUse: true, workedAt: null, refusedAt: null },
    };
    const unproven = {
      consumer: 'docker-engine' as const,
      outcome: 'not-proven' as const,
      problem: null,
      reason: engine.state === 'absent' ? ('no-engine' as const) : ('loopback' as const),
      detail: '',
    };
    const handlers: SomeHandlers = {
      demo: {
        start: () => ({ address: ADDRESS, username: 'demo', sha256: CA }),
        signIn: () => ({ ...account, source: 'keychain' as const }),
        stop: () => {
          calls.push('stop');
          return { stopped: true };
        },
        ...changes.demo,
      },
      registries: {
        probe: async () => probeEventsOf(reportOf({ address: ADDRESS })),
        add: ({ address, scheme }) => ({ address, scheme, addedAt: '', demo: true }),
      },
      trust: {
        plan: (input) => {
          calls.push(`plan ${input.sha256} ${input.consumers?.join()}`);
          return planOf(CA);
        },
        apply: () => ({ ...resultOf(planOf(CA)), consumers: [] }),
        proof: () => ({
          address: ADDRESS,
          proof: [
            { ...unproven, way: 'sign-in' as const },
            { ...unproven, way: 'pull' as const },
          ],
        }),
      },
      accounts: {
        store: () => ({
          kind: 'keychain' as const,
          offersFiles: true,
          keychain: {
            state: 'unavailable' as const,
            name: 'Secret Service',
            problem: { code: 'KEYCHAIN_UNAVAILABLE' as const, data: { detail: 'no bus' } },
          },
          file: null,
        }),
      },
      repositories: {
        list: async function* () {
          yield { repositories: ['demo/hello', 'demo/web'] };
        },
        tags: ({ repository }) => ({ repository, tags: ['latest'] }),
        tag: ({ tag }) => ({
          name: tag,
          digest: `sha256:${'d'.repeat(64)}`,
          mediaType: 'm',
          size: 1000,
          created: '2026-11-20T12:00:00Z',
          platforms: ['linux/amd64'],
        }),
        ...changes.repositories,
      },
      engine: { status: () => engine },
      images: {
        pull: ({ reference }) => {
          calls.push(`pull ${reference}`);
          return { taskId: 't1' };
        },
      },
      tasks: {
        watch: async function* () {
          yield [taskOf({ state: 'done', digest: `sha256:${'d'.repeat(64)}` })];
        },
      },
    };
    return { calls, handlers };
  };
  const statuses = (run: Awaited<ReturnType<typeof regent>>) =>
    Object.fromEntries(document.parse(documentOf(run)).steps.map(({ id, status }) => [id, status]));

  it('goes through the whole job and leaves nothing', async () => {
    const { calls, handlers } = world(ready);
    const run = await regent(['demo', '--json'], { handlers });
    expect(run.status).toBe(0);
    expect(statuses(run)).toEqual({
      ...{ start: 'done', probe: 'done', trust: 'done', 'sign-in': 'done', proof: 'attention' },
      ...{ repositories: 'done', tags: 'done', pull: 'done', 'clean-up': 'done' },
    });
    expect(calls).toEqual([`plan ${CA} regent`, `pull ${ADDRESS}/demo/web:latest`, 'stop']);
  });

  it('says that loopback proves nothing, and how to remove the image', async () => {
    const { stdout } = await regent(['demo'], world(ready));
    expect(stdout).toContain('! Ask the engine for proof');
    expect(stdout).toContain('loopback');
    expect(stdout).toContain(`docker rmi ${ADDRESS}/demo/web:latest`);
    expect(stdout).toContain('That was the whole job.');
  });

  it('ends with browsing where there is no engine, and says what one would add', async () => {
    const run = await regent(['demo', '--json'], world(absent));
    expect(run.status).toBe(0);
    expect(statuses(run)).toMatchObject({ tags: 'done', pull: 'skipped', 'clean-up': 'done' });
    const words = await regent(['demo'], world(absent));
    expect(words.stdout).toContain('With a container engine, Regent would now pull');
    expect(words.stdout).toContain('systemctl start docker');
  });

  it('does not try to pull with an engine that cannot reach it', async () => {
    const { calls, handlers } = world({ ...ready, local: false });
    expect(statuses(await regent(['demo', '--json'], { handlers }))).toMatchObject({
      pull: 'skipped',
    });
    expect(calls.join()).not.toContain('pull');
  });

  it('goes on without a keychain, and says so', async () => {
    const signIn = () => ({
      ...{ address: ADDRESS, username: 'demo', updatedAt: '' },
      source: 'memory' as const,
      ...{ kind: 'password' as const, inUse: true, workedAt: null, refusedAt: null },
    });
    const run = await regent(['demo', '--json'], world(absent, { demo: { signIn } }));
    expect(run.status).toBe(0);
    expect(statuses(run)).toMatchObject({ 'sign-in': 'attention', tags: 'done' });
    const step = document.parse(documentOf(run)).steps.find(({ id }) => id === 'sign-in');
    expect(step?.problem?.code).toBe('KEYCHAIN_UNAVAILABLE');
    expect(step?.detail.join()).toContain('in memory');
  });

  it('cleans up after a step that fails, and ends with its status', async () => {
    const list = failing('SIGN_IN_REQUIRED', { address: ADDRESS });
    const { calls, handlers } = world(ready, { repositories: { list } });
    const run = await regent(['demo', '--json'], { handlers });
    expect(run.status).toBe(4);
    expect(statuses(run)).toMatchObject({ repositories: 'failed', 'clean-up': 'done' });
    expect(statuses(run)).not.toHaveProperty('tags');
    expect(calls.at(-1)).toBe('stop');
  });

  it('cleans up after Ctrl-C too', async () => {
    const controller = new AbortController();
    const list = async function* () {
      controller.abort();
      yield await new Promise<never>(() => undefined);
    };
    const { calls, handlers } = world(ready, { repositories: { list } });
    const run = await regent(['demo'], { handlers, signal: controller.signal });
    expect(run.status).toBe(1);
    expect(calls.at(-1)).toBe('stop');
    expect(run.stdout).toContain('Cancelled');
  });

  it('says what could not be cleaned up', async () => {
    const stop = () => {
      throw new RegentError('FILE_FAILED', { path: '/x', reason: 'EACCES' });
    };
    const run = await regent(['demo'], world(ready, { demo: { stop } }));
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('/x could not be read or written');
  });

  it('has an error of its own where no registry can be started', async () => {
    const start = failing('FILE_FAILED', { path: '127.0.0.1', reason: 'EADDRNOTAVAIL' });
    const run = await regent(['demo', '--json'], world(ready, { demo: { start } }));
    expect(documentOf(run)).toMatchObject({ error: { code: 'FILE_FAILED' } });
  });
});
