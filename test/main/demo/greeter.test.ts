import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildGreeter } from '../../../main/demo/greeter.ts';
import { describeUnless } from '../../lab/describe-with-lab.ts';

const here = process.arch === 'arm64' ? 'arm64' : 'amd64';
const whyNotHere =
  process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)
    ? undefined
    : `it is for Linux, not for ${process.platform}-${process.arch}`;

describeUnless(whyNotHere, 'the program in the demo images, run', () => {
  it('prints its text on this machine', () => {
    const folder = mkdtempSync(join(tmpdir(), 'regent-greeter-'));
    try {
      const path = join(folder, 'greet');
      writeFileSync(path, buildGreeter(here, 'Dzień dobry\n'));
      chmodSync(path, 0o755);
      expect(execFileSync(path, { encoding: 'utf8' })).toBe('Dzień dobry\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the program in the demo images', () => {
  it('is an ELF program for its architecture that knows the length of its text', () => {
    const [amd64, arm64] = [buildGreeter('amd64', 'abc'), buildGreeter('arm64', 'abc')];
    expect(amd64.readUInt16LE(18)).toBe(62);
    expect(amd64.readUInt32LE(120 + 18)).toBe(3);
    expect(arm64.readUInt16LE(18)).toBe(183);
    expect((arm64.readUInt32LE(120 + 8) >> 5) & 0xffff).toBe(3);
    for (const program of [amd64, arm64]) expect(program.subarray(-3).toString()).toBe('abc');
  });
});
