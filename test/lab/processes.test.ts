import { describe, expect, it } from 'vitest';
import { run, runOrThrow } from './processes.ts';

describe('run', () => {
  it('gives status, output and errors, whatever the status', async () => {
    const ended = await run(['sh', '-c', 'echo out; echo err >&2; exit 3']);
    expect(ended).toEqual({ status: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('hands over input and environment', async () => {
    const env = { PATH: process.env.PATH, WORD: 'hello' };
    const ended = await run(['sh', '-c', 'cat; echo $WORD'], { env, input: 'said: ' });
    expect(ended.stdout).toBe('said: hello\n');
  });

  it('survives a program that does not read its input', async () => {
    expect((await run(['true'], { input: 'x'.repeat(1 << 20) })).status).toBe(0);
  });

  it('says signals as a shell does, also its own at the time limit', async () => {
    expect((await run(['sh', '-c', 'kill -TERM $$'])).status).toBe(128 + 15);
    expect((await run(['sleep', '60'], { timeoutMs: 50 })).status).toBe(128 + 9);
  });

  it('throws for a program that is not there', async () => {
    await expect(run(['/no/such/program'])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('throws with the program’s words where it has to work', async () => {
    await expect(runOrThrow(['sh', '-c', 'echo no way; exit 1'])).rejects.toThrow('no way');
  });
});
