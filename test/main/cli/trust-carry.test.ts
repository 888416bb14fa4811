import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportedFile } from '../../../shared/model/trust.ts';
import { documentOf, type FakeTerminal, regent } from './fake-terminal.ts';
import {
  ADDRESS,
  CA,
  certificateOf,
  LEAF,
  planOf,
  probeEventsOf,
  reportOf,
  resultOf,
} from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'regent-carry-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('regent trust export', () => {
  const script = { path: 'trust.sh', mode: '0755', content: '#!/bin/sh\n\techo hi  \n' };
  const exporting = (...files: readonly ExportedFile[]): FakeTerminal => ({
    handlers: { trust: { export: () => ({ files: [...files] }) } },
  });
  const argv = ['trust', 'export', ADDRESS, '--format', 'shell'];

  it('prints a single file byte for byte', async () => {
    expect((await regent(argv, exporting(script))).stdout).toBe(script.content);
    expect((await regent([...argv, '-o', '-'], exporting(script))).stdout).toBe(script.content);
    const json = documentOf(await regent([...argv, '--json'], exporting(script)));
    expect(json).toEqual({ address: ADDRESS, format: 'shell', files: [script] });
  });

  it('writes no terminal codes to a terminal', async () => {
    const hostile = exporting({ ...script, content: '# \u001b[2Jx\n' });
    expect((await regent(argv, { ...hostile, tty: true })).stdout).toBe('# x\n');
  });

  it('writes one file under the name given, or into the folder given', async () => {
    const path = join(folder, 'a', 'mine.sh');
    const run = await regent([...argv, '-o', path, '--json'], exporting(script));
    expect(documentOf(run)).toEqual({ address: ADDRESS, format: 'shell', written: [path] });
    expect(readFileSync(path, 'utf8')).toBe(script.content);
    expect(statSync(path).mode & 0o777).toBe(0o755);
    await regent([...argv, '-o', join(folder, 'a')], exporting(script));
    expect(readFileSync(join(folder, 'a', 'trust.sh'), 'utf8')).toBe(script.content);
  });

  it('wants a folder for several files, and stays in it', async () => {
    const more = { path: 'tasks/main.yml', mode: '0644', content: 'x' };
    const none = await regent(argv, exporting(script, more));
    expect([none.status, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toContain('tasks/main.yml');
    const role = join(folder, 'role');
    expect((await regent([...argv, '-o', role], exporting(script, more))).status).toBe(0);
    expect(readFileSync(join(role, 'tasks', 'main.yml'), 'utf8')).toBe('x');
    const evil = exporting(script, { ...more, path: '../evil' });
    expect((await regent([...argv, '-o', role], evil)).status).toBe(1);
    expect(() => statSync(join(folder, 'evil'))).toThrow();
  });
});

describe('regent trust import', () => {
  let planned: unknown[];
  let applied: string[];
  beforeEach(() => {
    planned = [];
    applied = [];
  });
  const path = join(folder, 'lab.regent.json');
  writeFileSync(path, '{"regent":"trust-bundle"}');
  const colons = `${'CA:'.repeat(31)}CA`;
  const world = (terminal: FakeTerminal = {}, kind: 'ca' | 'insecure' = 'ca'): FakeTerminal => ({
    ...terminal,
    handlers: {
      registries: {
        probe: async () =>
          probeEventsOf(reportOf(kind === 'ca' ? {} : { verdict: 'plain-http', problems: [] })),
      },
      trust: {
        readBundle: ({ text }) => {
          expect(text).toBe('{"regent":"trust-bundle"}');
          const certificates = kind === 'ca' ? [certificateOf(CA, true)] : [];
          return { address: ADDRESS, kind, certificates };
        },
        plan: (input) => {
          planned.push(input);
          return kind === 'ca' ? planOf(CA) : { ...planOf(CA), kind, certificate: null };
        },
        apply: ({ planId }) => {
          applied.push(planId);
          return resultOf(planOf(CA));
        },
        proof: () => ({ address: ADDRESS, proof: [] }),
      },
    },
  });
  const argv = ['trust', 'import', path];

  it('shows the fingerprint and asks', async () => {
    const run = await regent(argv, world({ tty: true, answers: ['y'] }));
    expect(run.stdout).toContain(`holds trust in ${ADDRESS}`);
    expect(run.stdout).toContain(colons);
    expect(run.questions).toHaveLength(1);
    expect([run.status, applied]).toEqual([0, ['plan-ca']]);
    expect(planned).toEqual([{ address: ADDRESS, pem: certificateOf(CA, true).pem, source: path }]);
  });

  it('is never accepted in silence', async () => {
    const run = await regent([...argv, '--json'], world());
    expect(documentOf(run)).toMatchObject({ error: { code: 'TRUST_UNCONFIRMED' } });
    expect([run.status, applied]).toEqual([3, []]);
    expect((await regent(argv, world({ tty: true, answers: ['n'] }))).status).toBe(3);
  });

  it('takes the fingerprint as consent, if it is the right one', async () => {
    const wrong = await regent([...argv, '--fingerprint', LEAF, '--json'], world());
    expect(documentOf(wrong)).toMatchObject({ error: { code: 'FINGERPRINT_MISMATCH' } });
    expect(applied).toEqual([]);
    expect((await regent([...argv, '--fingerprint', colons], world())).status).toBe(0);
  });

  it('takes plain HTTP from no file unless it is asked for by name', async () => {
    expect((await regent(argv, world({}, 'insecure'))).status).toBe(2);
    const typed = world({ tty: true, answers: [ADDRESS] }, 'insecure');
    expect((await regent(argv, typed)).status).toBe(0);
    expect((await regent([...argv, '--insecure', '--json'], world({}, 'insecure'))).status).toBe(0);
    expect(planned).toEqual(Array(2).fill({ address: ADDRESS, insecure: true }));
  });
});
