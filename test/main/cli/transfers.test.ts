import { describe, expect, it } from 'vitest';
import { taskSchema } from '../../../shared/model/task.ts';
import { documentsOf, type FakeTerminal, regent } from './fake-terminal.ts';
import { ADDRESS, taskOf } from './samples.ts';

const DIGEST = `sha256:${'d'.repeat(64)}`;
const layer = { id: 'c6c7249d3425', done: 5, total: 5 };

/** A terminal whose transfers end as told. */
const transferring = (
  kind: 'save' | 'copy',
  end: Partial<ReturnType<typeof taskOf>> = {},
): FakeTerminal & { readonly asked: unknown[] } => {
  const asked: unknown[] = [];
  const start = (input: unknown) => {
    asked.push(input);
    return { taskId: 't1' };
  };
  const running = taskOf({
    ...{ kind, done: 5, total: 10 },
    layers: [{ ...layer, state: kind === 'save' ? 'downloading' : 'mounted' }],
  });
  const ended = taskOf({ kind, state: 'done', digest: DIGEST, ...end });
  return {
    asked,
    handlers: {
      images: { save: start, copy: start },
      tasks: {
        watch: async function* () {
          yield [running];
          yield [ended];
          await new Promise(() => undefined);
        },
      },
    },
  };
};

describe('regent save', () => {
  const REF = `${ADDRESS}/team/app:1.0`;

  it('hands over where to, in full, and prints what became of it', async () => {
    const terminal = transferring('save');
    const run = await regent(
      ['save', REF, '-o', '/x/../app.tar', '--format', 'docker-archive', '--force'],
      terminal,
    );
    expect(terminal.asked).toEqual([
      {
        ...{ address: ADDRESS, repository: 'team/app', reference: '1.0' },
        ...{ path: '/app.tar', format: 'docker-archive', force: true },
      },
    ]);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toMatch(/^c6c7249d3425: downloading\n✓ Saved .* to \/x\/..\/app\.tar\./);
    expect(run.stdout).toContain(DIGEST);
  });

  it('prints a snapshot a line, the last one with the digest', async () => {
    const run = await regent(['save', REF, '-o', 'app', '--json'], transferring('save'));
    const lines = documentsOf(run).map((line) => taskSchema.parse(line));
    expect(lines.map(({ state }) => state)).toEqual(['running', 'done']);
    expect(lines.at(-1)).toMatchObject({ kind: 'save', digest: DIGEST });
  });

  it('says where a folder that broke off goes on', async () => {
    const error = { code: 'CONNECTION_FAILED', data: { address: ADDRESS, detail: 'x' } } as const;
    const broken = () => transferring('save', { state: 'failed', digest: null, error });
    const folder = await regent(['save', REF, '-o', 'app'], broken());
    expect(folder.status).toBe(6);
    expect(folder.stderr).toContain('The same command goes on from there.');
    const archive = await regent(['save', REF, '-o', 'app.tar'], broken());
    expect(archive.stderr).not.toContain('goes on from there');
  });

  it.each([
    [['save', REF], 'USAGE_ARGUMENT_MISSING'],
    [['save', REF, '-o', 'a', '--format', 'zip'], 'INPUT_INVALID'],
    [['save', REF, '-o', 'a', '--platform', 'arm64'], 'USAGE_OPTION_VALUE'],
  ])('%j is wrong: %s', async (argv, code) => {
    const run = await regent([...argv, '--json'], transferring('save'));
    expect([run.status, documentsOf(run)]).toMatchObject([2, [{ error: { code } }]]);
  });
});

describe('regent copy', () => {
  const SRC = `${ADDRESS}/team/app`;

  it.each([
    [`${SRC}:1.0`, `${ADDRESS}/prod/app:2.0`, '1.0', { tag: '2.0' }],
    [`${SRC}:1.0`, `${ADDRESS}/prod/app`, '1.0', { tag: '1.0' }],
    [SRC, `${ADDRESS}/prod/app`, 'latest', { tag: 'latest' }],
    [`${SRC}@${DIGEST}`, `${ADDRESS}/prod/app`, DIGEST, {}],
  ])('%s to %s', async (from, to, reference, tag) => {
    const terminal = transferring('copy');
    const run = await regent(['copy', from, to, '--referrers'], terminal);
    expect(terminal.asked).toEqual([
      {
        ...{ address: ADDRESS, repository: 'team/app', reference, referrers: true },
        target: { address: ADDRESS, repository: 'prod/app', ...tag },
      },
    ]);
    expect(run.stdout).toMatch(/^c6c7249d3425: shared within the registry\n✓ Copied to /);
  });

  it('says when nothing had to be done, and knows no digest to copy to', async () => {
    const same = transferring('copy', { upToDate: true });
    const run = await regent(['copy', SRC, `${ADDRESS}/prod/app`], same);
    expect(run.stdout).toContain('was the same already.');
    const odd = await regent(['copy', SRC, `${ADDRESS}/prod/app@${DIGEST}`], same);
    expect(odd.status).toBe(2);
  });
});
