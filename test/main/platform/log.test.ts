import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openLog } from '../../../main/platform/log.ts';
import { findPaths } from '../../../main/platform/paths.ts';

describe('the log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regent-log-'));
  const paths = findPaths({ REGENT_HOME: folder }, 'linux');
  const file = join(paths.data, 'regent.log');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('keeps messages, stacks and causes for the owner, and no other property', () => {
    const headers = { authorization: 'Basic c2VjcmV0' };
    const cause = Object.assign(new Error('inner'), { headers });
    openLog(paths)(new Error('outer', { cause }));
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/Error: outer/);
    expect(text).toMatch(/caused by Error: inner/);
    expect(text).not.toContain('c2VjcmV0');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('starts again before it grows without end', () => {
    writeFileSync(file, 'x'.repeat(1_100_000));
    openLog(paths)(new Error('next'));
    expect(statSync(file).size).toBeLessThan(10_000);
  });

  it('never fails itself', () => {
    openLog({ ...paths, data: '/dev/null/nowhere' })(new Error('lost'));
  });
});
