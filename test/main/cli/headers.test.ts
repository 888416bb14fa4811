import { describe, expect, it } from 'vitest';
import { documentOf, regent, type SomeHandlers } from './fake-terminal.ts';
import { ADDRESS } from './samples.ts';

const NAME = 'X-API-Key';
const updatedAt = '2026-11-20T10:00:00.000Z';

/** Headers that remember what they were told. */
function keeping() {
  const told: unknown[] = [];
  const headers: SomeHandlers['headers'] = {
    list: () => [{ name: NAME, updatedAt }],
    set: (input) => {
      told.push(input);
      return { name: input.name, updatedAt };
    },
    remove: ({ name }) => ({ removed: name === NAME }),
  };
  return { told, handlers: { headers } };
}

describe('regent header set', () => {
  it('reads the value from standard input, without the end of its line', async () => {
    const { told, handlers } = keeping();
    const run = await regent(['header', 'set', ADDRESS, NAME, '--value-stdin'], {
      handlers,
      stdin: 's3cret\n',
    });
    expect(told).toEqual([{ address: ADDRESS, name: NAME, value: 's3cret' }]);
    expect(run.stdout).toContain('docker pull');
    expect(run.stdout + run.stderr).not.toContain('s3cret');
  });

  it('asks for it unseen', async () => {
    const { told, handlers } = keeping();
    const run = await regent(['header', 'set', ADDRESS, NAME], {
      ...{ handlers, tty: true, answers: ['s3cret'] },
    });
    expect(run.questions).toEqual([`hidden Value of ${NAME}:`]);
    expect(told).toEqual([{ address: ADDRESS, name: NAME, value: 's3cret' }]);
  });

  it('never takes it as an argument, nor repeats it', async () => {
    const { told, handlers } = keeping();
    const run = await regent(['header', 'set', ADDRESS, NAME, 's3cret'], { handlers, tty: true });
    expect(run.status).toBe(2);
    expect(run.stdout + run.stderr).not.toContain('s3cret');
    expect((await regent(['header', 'set', ADDRESS, NAME], { handlers })).status).toBe(2);
    expect(told).toEqual([]);
  });

  it('tells scripts what was set', async () => {
    const { handlers } = keeping();
    const run = await regent(['header', 'set', ADDRESS, NAME, '--value-stdin', '--json'], {
      ...{ handlers, stdin: 'x' },
    });
    expect(documentOf(run)).toEqual({ address: ADDRESS, name: NAME, updatedAt });
  });
});

it('lists names without values', async () => {
  const { handlers } = keeping();
  const run = await regent(['header', 'list', ADDRESS], { handlers });
  expect(run.stdout).toBe(`${NAME}, set on 2026-11-20\n`);
  expect(documentOf(await regent(['header', 'list', ADDRESS, '--json'], { handlers }))).toEqual({
    address: ADDRESS,
    headers: [{ name: NAME, updatedAt }],
  });
});

it('removes one, or says that there is none', async () => {
  const { handlers } = keeping();
  const run = await regent(['header', 'remove', ADDRESS, NAME, '--json'], { handlers });
  expect(documentOf(run)).toEqual({ address: ADDRESS, name: NAME, removed: true });
  const unknown = await regent(['header', 'remove', ADDRESS, 'X-Other'], { handlers });
  expect(unknown.status).toBe(5);
  expect(unknown.stderr).toContain('X-Other');
});
