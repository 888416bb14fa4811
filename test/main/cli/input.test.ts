import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../main/cli/terminal/input.ts';

describe('questions at a terminal', () => {
  const sitDown = () => {
    const keyboard = Object.assign(new PassThrough(), {
      isTTY: true,
      isRaw: false,
      setRawMode: (isRaw: boolean) => {
        keyboard.isRaw = isRaw;
        return keyboard;
      },
    });
    const screen = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    let shown = '';
    screen.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const controller = new AbortController();
    const input = openInput(
      keyboard as unknown as NodeJS.ReadStream,
      screen as unknown as NodeJS.WriteStream,
      controller.signal,
      () => controller.abort(),
    );
    const type = (text: string) => setImmediate(() => keyboard.write(text));
    return { input, keyboard, type, controller, shown: () => shown };
  };

  it('shows what is typed, and never a secret, also right after another question', async () => {
    const { input, keyboard, type, shown } = sitDown();
    type('alice\r');
    expect(await input.ask('User: ')).toBe('alice');
    type('s3cret비밀\r');
    const answer = input.ask('Password: ', { hidden: true });
    expect(keyboard.isRaw).toBe(true);
    expect(await answer).toBe('s3cret비밀');
    expect(keyboard.isRaw).toBe(false);
    expect(shown()).toContain('alice');
    expect(shown()).toContain('Password: ');
    expect(shown()).not.toMatch(/s3cret|비밀/);
  });

  it('ends at Ctrl-C, and at the end of the input', async () => {
    const first = sitDown();
    first.type('y\u0003');
    await expect(first.input.ask('Go on? ')).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(first.controller.signal.aborted).toBe(true);
    const second = sitDown();
    second.type('\u0004');
    expect(await second.input.ask('Go on? ')).toBeUndefined();
  });

  it('ends when everything is asked to stop', async () => {
    const { input, controller, keyboard } = sitDown();
    const answer = input.ask('Password: ', { hidden: true });
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(keyboard.isRaw).toBe(false);
  });

  it('reads all of standard input, within reason', async () => {
    const { input, keyboard } = sitDown();
    keyboard.end('zażółć\n');
    expect(await input.readAll()).toBe('zażółć\n');
    const long = sitDown();
    long.keyboard.end('x'.repeat(1_048_576));
    expect(await long.input.readAll()).toHaveLength(1_048_576);
    const endless = sitDown();
    endless.keyboard.end('x'.repeat(1_048_577));
    await expect(endless.input.readAll()).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
