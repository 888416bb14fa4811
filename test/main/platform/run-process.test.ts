import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProcess } from '../../../main/platform/run-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const node = (script: string) => [process.execPath, ['--eval', script]] as const;

describe('a process', () => {
  it('gets its input, and leaves its words and its status behind', async () => {
    const script = `process.stdin.on('data', (text) => console.log('got ' + text))
      .on('end', () => { console.error('no'); process.exitCode = 3; })`;
    expect(await runProcess(...node(script), { input: 'this' })).toEqual({
      ...{ status: 3, stdout: 'got this\n', stderr: 'no\n' },
    });
  });

  it('that can’t be started is the system’s error', async () => {
    const run = runProcess(join(folder, 'none'), []);
    await expect(run).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that is not wanted any more has ended when that is told, also if it did not listen at once', async () => {
    const [ready, ended] = [join(folder, 'ready'), join(folder, 'ended')];
    const script = `const fs = require('node:fs');
      let asked = 0;
      process.on('SIGTERM', () => {
        asked += 1;
        if (asked < 2) return;
        fs.writeFileSync(${JSON.stringify(ended)}, '');
        process.exit();
      });
      setInterval(() => undefined, 1000);
      fs.writeFileSync(${JSON.stringify(ready)}, '');`;
    const controller = new AbortController();
    const run = runProcess(...node(script), { signal: controller.signal });
    const told = expect(run).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => existsSync(ready), { timeout: 10_000 }).toBe(true);
    controller.abort();
    await told;
    expect(existsSync(ended)).toBe(true);
  });

  it('is not even started once nobody wants it', async () => {
    const signal = AbortSignal.abort();
    const run = runProcess(...node(''), { signal });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});
