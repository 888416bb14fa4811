import { describe, expect, it } from 'vitest';
import { taskSchema } from '../../../shared/model/task.ts';
import { documentsOf, type FakeTerminal, regent } from './fake-terminal.ts';
import { ADDRESS, taskOf } from './samples.ts';

type Snapshot = ReturnType<typeof taskOf>;
const REF = `${ADDRESS}/team/app:1.0`;
const DIGEST = `sha256:${'d'.repeat(64)}`;
const layer = {
  id: 'c6c7249d3425',
  state: 'downloading',
  done: 500_000,
  total: 2_000_000,
} as const;
const running = taskOf({
  done: 500_000,
  total: 2_000_000,
  fraction: 0.25,
  rate: 1e6,
  layers: [layer],
});
const ended = taskOf({
  ...{ state: 'done', done: 2_000_000, total: 2_000_000, fraction: 1, digest: DIGEST },
  layers: [{ ...layer, state: 'done', done: 2_000_000 }],
});

describe('regent pull', () => {
  const pulling = (
    snapshots: readonly Snapshot[],
    terminal: FakeTerminal = {},
  ): FakeTerminal & { readonly asked: unknown[]; readonly cancelled: string[] } => {
    const asked: unknown[] = [];
    const cancelled: string[] = [];
    return {
      ...terminal,
      asked,
      cancelled,
      handlers: {
        images: {
          pull: (input) => {
            asked.push(input);
            return { taskId: 't1' };
          },
        },
        tasks: {
          watch: async function* () {
            for (const snapshot of snapshots) yield [taskOf({ id: 'other' }), snapshot];
            // As in the real thing, the stream goes on for as long as it is listened to.
            await new Promise(() => undefined);
          },
          cancel: ({ id }) => {
            cancelled.push(id);
            return { cancelled: true };
          },
        },
      },
    };
  };

  it('prints a snapshot a line, each change once, the last one with the digest', async () => {
    const run = await regent(['pull', REF, '--json'], pulling([running, running, ended]));
    expect(run.status).toBe(0);
    const lines = documentsOf(run).map((line) => taskSchema.parse(line));
    expect(lines.map(({ state }) => state)).toEqual(['running', 'done']);
    expect(lines.at(-1)).toMatchObject({ digest: DIGEST });
  });

  it('prints plain lines where nobody is looking', async () => {
    const run = await regent(['pull', REF], pulling([running, ended]));
    expect(run.stdout).toBe(
      `c6c7249d3425: downloading\nc6c7249d3425: done\n✓ Pulled ${REF}.\n  ${DIGEST}\n`,
    );
  });

  it('draws bars on a terminal', async () => {
    const run = await regent(['pull', REF], pulling([running, ended], { tty: true }));
    expect(run.stdout).toContain('██████');
    expect(run.stdout).toContain('25%  500 kB of 2 MB  1 MB/s');
    expect(run.stdout).toContain('\u001b[J');
  });

  it('says when the image was there', async () => {
    const run = await regent(['pull', REF], pulling([taskOf({ state: 'done', upToDate: true })]));
    expect(run.stdout).toContain('was up to date already');
  });

  it('pulls latest where no tag is given, never all tags', async () => {
    const bare = pulling([ended]);
    await regent(['pull', `${ADDRESS}/team/app`, '--platform', 'linux/arm64'], bare);
    expect(bare.asked).toEqual([
      { reference: `${ADDRESS}/team/app:latest`, platform: 'linux/arm64' },
    ]);
    const pinned = pulling([ended]);
    await regent(['pull', `${ADDRESS}/team/app@${DIGEST}`], pinned);
    expect(pinned.asked).toEqual([{ reference: `${ADDRESS}/team/app@${DIGEST}` }]);
    expect((await regent(['pull', 'NOT/valid:'], pulling([]))).status).toBe(2);
  });

  it('ends with the error of the task as the last line', async () => {
    const error = {
      code: 'ENGINE_UNTRUSTED',
      data: { address: ADDRESS, message: 'x509: unknown' },
    } as const;
    const run = await regent(
      ['pull', REF, '--json'],
      pulling([running, taskOf({ state: 'failed', error })]),
    );
    expect(run.status).toBe(3);
    expect(documentsOf(run).at(-1)).toMatchObject({ error: { code: 'ENGINE_UNTRUSTED' } });
  });

  it('cancels the task at Ctrl-C', async () => {
    const controller = new AbortController();
    const world = pulling([running], { signal: controller.signal });
    const run = regent(['pull', REF, '--json'], world);
    setTimeout(() => controller.abort(), 50);
    const { status, stdout } = await run;
    expect(status).toBe(1);
    expect(world.cancelled).toEqual(['t1']);
    expect(stdout).toContain('"code":"CANCELLED"');
  });

  it('says nothing more to a reader that has gone', async () => {
    const { readerGone } = await import('../../../main/cli/interrupt.ts');
    const world = pulling([running], { signal: AbortSignal.abort(readerGone) });
    const { status, stderr } = await regent(['pull', REF], world);
    expect([status, stderr]).toEqual([1, '']);
  });
});
