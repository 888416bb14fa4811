import { describe, expect, it } from 'vitest';
import { RegentError } from '../../../shared/errors/index.ts';
import type { DeletionOrder, DeletionPlan, DeletionWish } from '../../../shared/model/deletion.ts';
import { documentOf, failing, regent } from './fake-terminal.ts';

const APP = 'nas.test:5000/team/app';
const digest = `sha256:${'d'.repeat(64)}`;

const plan: DeletionPlan = {
  entries: [
    {
      ...{
        digest,
        tags: ['1.0', 'latest'],
        alsoLost: ['latest'],
        parts: [`sha256:${'e'.repeat(64)}`],
      },
      ...{ created: '2026-11-19T12:00:00Z', frees: 12_000_000, heldBy: ['multi'] },
      attached: [`sha256-${'d'.repeat(64)}.sig`],
    },
  ],
  spared: [{ digest: `sha256:${'f'.repeat(64)}`, tags: ['0.9'], by: ['stable'] }],
  ...{ kept: 3, frees: 12_000_000, unread: [] },
};

/** A registry that has this plan for every wish. */
function holding(planned: DeletionPlan = plan, problem: RegentError | null = null) {
  const wishes: DeletionWish[] = [];
  const deleted: DeletionOrder[] = [];
  const repositories = {
    planDeletion: ({ wish }: { readonly wish: DeletionWish }) => {
      wishes.push(wish);
      return planned;
    },
    delete: async function* ({ orders }: { readonly orders: readonly DeletionOrder[] }) {
      if (problem) throw problem;
      for (const order of orders) {
        deleted.push(order);
        yield { digest: order.digest, tags: order.tags, deleted: true, problem: null };
      }
    },
  };
  return { wishes, deleted, handlers: { repositories } };
}

describe('regent delete', () => {
  it('shows what goes, asks, deletes, and says what frees the space', async () => {
    const world = holding();
    const run = await regent(['delete', `${APP}:1.0`], { ...world, tty: true, answers: ['y'] });
    expect(run.status).toBe(0);
    expect(run.questions).toHaveLength(1);
    for (const words of [
      '1.0, latest',
      '12 MB',
      '2 days ago',
      'latest goes, too',
      'multi needs',
      '--attached',
    ]) {
      expect(run.stdout).toContain(words);
    }
    expect(run.stdout).toContain('3 tags stay');
    expect(run.stdout).toContain('garbage-collect');
    expect(world.wishes).toEqual([{ references: ['1.0'] }]);
    const [{ tags, parts } = { tags: [], parts: [] }] = plan.entries;
    expect(world.deleted).toEqual([{ digest, tags, parts }]);
  });

  it('deletes nothing without a yes', async () => {
    for (const answers of [['n'], [''], []]) {
      const world = holding();
      const run = await regent(['delete', `${APP}:1.0`], { ...world, tty: true, answers });
      expect([run.status, world.deleted]).toEqual([1, []]);
    }
    for (const argv of [[], ['--json']]) {
      const world = holding();
      const run = await regent(['delete', `${APP}:1.0`, ...argv], world);
      expect([run.status, world.deleted]).toEqual([2, []]);
      expect(run.stdout + run.stderr).toContain('--yes');
    }
  });

  it('prints the plan as JSON, or how it ended', async () => {
    const world = holding();
    const dry = documentOf(await regent(['delete', `${APP}:1.0`, '--dry-run', '--json'], world));
    const entry = { address: 'nas.test:5000', repository: 'team/app', ...plan.entries[0] };
    const sums = { digest, kept: 3, frees: 12_000_000 };
    const spared = [{ address: 'nas.test:5000', repository: 'team/app', ...plan.spared[0] }];
    expect(dry).toEqual({
      ...{ ...sums, dryRun: true, entries: [{ ...entry, deleted: false, problem: null }] },
      ...{ spared, unread: [] },
    });
    expect(world.deleted).toEqual([]);
    const done = documentOf(await regent(['delete', `${APP}:1.0`, '--yes', '--json'], world));
    expect(done).toEqual({
      ...{ ...sums, dryRun: false, entries: [{ ...entry, deleted: true, problem: null }] },
      ...{ spared, unread: [] },
    });
  });

  it('takes rules for whole repositories', async () => {
    const world = holding();
    const argv = ['--pattern', 'dev-*', '--older-than', '30', '--keep', '5', '--dry-run'];
    await regent(['delete', APP, ...argv, '--attached'], world);
    await regent(
      ['delete', `${APP}:1.0`, `${APP}@${digest}`, 'nas.test:5000/b:2', '--dry-run'],
      world,
    );
    expect(world.wishes).toEqual([
      { pattern: 'dev-*', olderThanDays: 30, keepNewest: 5, withAttached: true },
      { references: ['1.0', digest] },
      { references: ['2'] },
    ]);
  });

  it.each([
    [[], 'USAGE_ARGUMENT_MISSING'],
    [[APP], 'USAGE_ARGUMENT_MISSING'],
    [[APP, '--keep', 'few'], 'USAGE_OPTION_VALUE'],
    [[APP, '--keep', '1.5'], 'USAGE_OPTION_VALUE'],
    [[APP, '--older-than', '1e9'], 'USAGE_OPTION_VALUE'],
    [[APP, `${APP}:1`, '--keep', '1'], 'USAGE_OPTIONS_CLASH'],
    [['nas.test:5000/Case:1'], 'REFERENCE_INVALID'],
  ])('refuses %j: %s', async (argv, code) => {
    const run = await regent(['delete', ...argv, '--yes', '--json'], holding());
    expect([run.status, documentOf(run)]).toMatchObject([2, { error: { code } }]);
  });

  it('says what to set where deleting is switched off', async () => {
    const off = new RegentError('DELETE_DISABLED', { address: 'nas.test:5000' });
    const run = await regent(['delete', `${APP}:1.0`, '--yes'], holding(plan, off));
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('REGISTRY_STORAGE_DELETE_ENABLED=true');
    const json = await regent(['delete', `${APP}:1.0`, '--yes', '--json'], holding(plan, off));
    expect([json.status, documentOf(json)]).toMatchObject([
      1,
      { entries: [{ deleted: false, problem: { code: 'DELETE_DISABLED' } }] },
    ]);
  });

  it('tells once of what ends it after a manifest is gone, and of that one as deleted', async () => {
    const denied = new RegentError('ACCESS_DENIED', { address: 'nas.test:5000', subject: APP });
    const repositories = {
      planDeletion: () => plan,
      delete: async function* () {
        const [{ tags } = { tags: [] }] = plan.entries;
        yield { digest, tags, deleted: true, problem: denied.toProblem() };
        throw denied;
      },
    };
    const run = await regent(['delete', `${APP}:1.0`, '--yes'], { handlers: { repositories } });
    expect(run.stdout).toContain('1.0, latest was deleted');
    expect(run.stderr.split('✗')).toHaveLength(2);
    expect(run.status).not.toBe(0);
  });

  it('says which tags could not be read, and that a rule takes nothing then', async () => {
    const open = holding({ ...plan, entries: [], unread: ['stable'] });
    const run = await regent(['delete', APP, '--keep', '3'], open);
    expect(run.stdout).toContain('This tag could not be read, and may need any image here: stable');
    const json = documentOf(await regent(['delete', APP, '--keep', '3', '--json'], open));
    expect(json).toMatchObject({
      unread: [{ address: 'nas.test:5000', repository: 'team/app', tag: 'stable' }],
    });
  });

  it('has nothing to ask where nothing fits', async () => {
    const none = holding({ ...plan, entries: [] });
    const run = await regent(['delete', APP, '--keep', '3'], none);
    expect(run).toMatchObject({ status: 0, questions: [] });
    expect(run.stdout).toContain('0.9: fits and stays, because of stable');
    expect(run.stdout).toContain('Nothing to delete');
  });
});

describe('regent retag', () => {
  const retag = (replaced: string | null) => ({
    handlers: { repositories: { retag: () => ({ digest, replaced }) } },
  });

  it('tells the digest, and how to go back', async () => {
    const before = `sha256:${'b'.repeat(64)}`;
    const run = await regent(['retag', `${APP}:1.0`, 'stable'], retag(before));
    expect(run.stdout).toContain(`${APP}:stable`);
    expect(run.stdout).toContain(digest);
    expect(run.stdout).toContain(`regent retag ${APP}@${before} stable`);
    const json = documentOf(await regent(['retag', `${APP}:1.0`, 'stable', '--json'], retag(null)));
    expect(json).toEqual({
      ...{
        address: 'nas.test:5000',
        repository: 'team/app',
        tag: 'stable',
        digest,
        replaced: null,
      },
    });
  });

  it('refuses what is no tag, and says what is missing', async () => {
    const bad = await regent(['retag', `${APP}:1.0`, '../x', '--json'], retag(null));
    expect([bad.status, documentOf(bad)]).toMatchObject([
      2,
      { error: { code: 'REFERENCE_INVALID' } },
    ]);
    const handlers = {
      repositories: { retag: failing('TAG_NOT_FOUND', { reference: `${APP}:9` }) },
    };
    expect((await regent(['retag', `${APP}:9`, 'stable'], { handlers })).status).toBe(5);
  });
});
