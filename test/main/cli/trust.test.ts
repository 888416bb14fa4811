import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { FoundConsumer, Proof } from '../../../shared/model/consumer.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { ConsumerResult } from '../../../shared/model/trust.ts';
import { documentOf, type FakeTerminal, regent } from './fake-terminal.ts';
import {
  ADDRESS,
  CA,
  LEAF,
  planOf,
  probeEventsOf,
  proofOf,
  reportOf,
  resultOf,
} from './samples.ts';

const document = z.object({
  address: z.string(),
  sha256: z.string(),
  consumers: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      changes: z.array(z.object({ kind: z.string() })),
      live: z.boolean(),
    }),
  ),
  proof: z.array(
    z.object({ consumer: z.string(), ok: z.boolean().nullable(), detail: z.string() }),
  ),
});

const done: readonly ConsumerResult[] = resultOf(planOf(CA)).consumers;

const found: readonly FoundConsumer[] = (['docker-engine', 'podman', 'system'] as const).map(
  (id) => ({
    id,
    evidence: '/x',
    preselected: id === 'docker-engine',
    place: '/y',
    elevated: true,
  }),
);

describe('regent trust', () => {
  let applied: string[];
  let planned: unknown[];
  const folder = mkdtempSync(join(tmpdir(), 'regent-trust-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    applied = [];
    planned = [];
  });

  const world = ({
    report = {} as Partial<ProbeReport>,
    status = 'to-do' as 'to-do' | 'already',
    consumers = done,
    proof = [proofOf('sign-in'), proofOf('pull')] as readonly Proof[],
    ...terminal
  } = {}): FakeTerminal => ({
    ...terminal,
    handlers: {
      registries: { probe: async () => probeEventsOf(reportOf(report)) },
      trust: {
        consumers: () => [...found],
        plan: (input) => {
          planned.push(input);
          return planOf(input.sha256 ?? CA, status);
        },
        apply: ({ planId }) => {
          applied.push(planId);
          return { ...resultOf(planOf(CA)), consumers: [...consumers] };
        },
        proof: () => ({ address: ADDRESS, proof: [...proof] }),
      },
    },
  });
  const colons = (sha256: string) => sha256.toUpperCase().match(/../g)?.join(':') ?? '';

  it('trusts the certificate whose fingerprint was given, and prints consumers and proof', async () => {
    const run = await regent(['trust', ADDRESS, '--fingerprint', colons(LEAF), '--json'], world());
    expect(run.status).toBe(0);
    expect(planned).toEqual([{ address: ADDRESS, sha256: LEAF }]);
    expect(applied).toEqual(['plan-1e']);
    const printed = document.parse(documentOf(run));
    expect(printed.consumers.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(printed.proof.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('refuses a fingerprint that nothing shown has, and plans nothing', async () => {
    const run = await regent(
      ['trust', ADDRESS, '--fingerprint', 'ab'.repeat(32), '--json'],
      world(),
    );
    expect(run.status).toBe(3);
    expect(documentOf(run)).toMatchObject({ error: { code: 'FINGERPRINT_MISMATCH' } });
    expect([planned, applied]).toEqual([[], []]);
  });

  it('refuses what is no fingerprint before anything is contacted', async () => {
    const run = await regent(['trust', ADDRESS, '--fingerprint', 'zz', '--json']);
    expect(documentOf(run)).toMatchObject({ error: { code: 'FINGERPRINT_INVALID' } });
    expect(run.status).toBe(2);
  });

  it('changes nothing where nobody confirmed', async () => {
    const run = await regent(['trust', ADDRESS, '--json'], world());
    expect(run.status).toBe(3);
    expect(documentOf(run)).toMatchObject({ error: { code: 'TRUST_UNCONFIRMED' } });
    expect(applied).toEqual([]);
  });

  it('trusts the CA at first sight only when asked by name', async () => {
    expect((await regent(['trust', ADDRESS, '--tofu'], world())).status).toBe(0);
    expect(applied).toEqual(['plan-ca']);
  });

  it('takes a CA file of any form as the confirmation, by its absolute path', async () => {
    const path = join(folder, 'ca.der');
    writeFileSync(path, Buffer.from([0x30, 0x82]));
    const named = relative(process.cwd(), path);
    expect((await regent(['trust', ADDRESS, '--ca', named], world())).status).toBe(0);
    expect(planned).toEqual([{ address: ADDRESS, authority: { path } }]);
    const both = ['trust', ADDRESS, '--ca', path, '--fingerprint', LEAF, '--json'];
    expect(documentOf(await regent(both, world()))).toMatchObject({
      error: { code: 'FINGERPRINT_MISMATCH' },
    });
  });

  it.each([
    ['none', 'There is no file of that name'],
    ['', 'It is a folder'],
  ])('says that a file named on the command line cannot be read: “%s”', async (name, why) => {
    const gone = await regent(['trust', ADDRESS, '--ca', join(folder, name), '--json']);
    expect(gone.status).toBe(2);
    expect(documentOf(gone)).toMatchObject({
      error: { code: 'USAGE_FILE_UNREADABLE', message: expect.stringContaining(why) },
    });
  });

  it('shows every change and the script in a dry run, and makes none', async () => {
    const args = ['trust', ADDRESS, '--dry-run'];
    const words = await regent(args, world());
    expect([words.status, applied]).toEqual([0, []]);
    expect(words.stdout).toContain(`write file /etc/docker/certs.d/${ADDRESS}/regent-caca`);
    expect(words.stdout).toContain(`\n  install -d /etc/docker/certs.d/${ADDRESS}\n  cp ca.crt`);
    expect(words.stdout).toContain('Nothing was changed.');
    const json = documentOf(await regent([...args, '--json'], world()));
    expect(document.parse(json).proof).toEqual([]);
    expect(json).toMatchObject({ dryRun: true, script: expect.stringContaining('install -d') });
  });

  it('knows its consumers', async () => {
    const wrong = await regent(
      ['trust', ADDRESS, '--tofu', '--consumer', 'foo', '--json'],
      world(),
    );
    expect(wrong.status).toBe(2);
    expect(documentOf(wrong)).toMatchObject({
      error: { code: 'CONSUMER_UNKNOWN', message: expect.stringContaining('podman, and system') },
    });
    await regent(
      ['trust', ADDRESS, '--tofu', '--consumer', 'regent', '--consumer', 'docker-engine'],
      world(),
    );
    expect(planned).toEqual([
      { address: ADDRESS, sha256: CA, consumers: ['regent', 'docker-engine'] },
    ]);
  });

  it('takes “all” for every consumer found here, but not for trust in every server', async () => {
    await regent(['trust', ADDRESS, '--tofu', '--consumer', 'all'], world());
    await regent(['trust', ADDRESS, '--tofu', '--consumer', 'all,system'], world());
    expect(planned).toEqual([
      { address: ADDRESS, sha256: CA, consumers: ['docker-engine', 'podman'] },
      { address: ADDRESS, sha256: CA, consumers: ['docker-engine', 'podman', 'system'] },
    ]);
  });

  it.each([
    [
      'expired',
      { code: 'CERT_EXPIRED', data: { address: ADDRESS, subject: 's', notAfter: 'n' } },
      3,
    ],
    ['unreachable', { code: 'CONNECTION_REFUSED', data: { address: ADDRESS } }, 6],
    ['not-a-registry', { code: 'NOT_A_REGISTRY', data: { address: ADDRESS, status: 200 } }, 5],
    ['plain-http', { code: 'PLAIN_HTTP', data: { address: ADDRESS } }, 3],
  ] as const)('does not try to mend what trust cannot: %s', async (verdict, problem, status) => {
    const report = { verdict, problems: [problem], candidates: [] };
    const run = await regent(['trust', ADDRESS, '--tofu', '--json'], world({ report }));
    expect(run.status).toBe(status);
    expect(documentOf(run)).toMatchObject({ error: { code: problem.code } });
    expect(planned).toEqual([]);
  });

  it('has nothing to write for a certificate that is trusted by itself', async () => {
    const report = { verdict: 'trusted', problems: [], candidates: [] } as const;
    const run = await regent(['trust', ADDRESS, '--json'], world({ report }));
    expect(run.status).toBe(0);
    expect(document.parse(documentOf(run)).consumers).toEqual([]);
    expect(planned).toEqual([]);
  });

  it('needs no confirmation to do nothing', async () => {
    const run = await regent(['trust', ADDRESS, '--json'], world({ status: 'already' }));
    expect(run.status).toBe(0);
  });

  describe('with a person at the terminal', () => {
    const asked = (answers: readonly string[]) =>
      regent(['trust', ADDRESS], world({ tty: true, answers } as object));

    it.each(['y', 'Yes'])('goes on at %s', async (answer) => {
      expect((await asked([answer])).status).toBe(0);
      expect(applied).toEqual(['plan-ca']);
    });

    it.each([[''], ['n'], ['what?']])('stops at anything else: “%s”', async (answer) => {
      const run = await asked([answer]);
      expect([run.status, applied]).toEqual([3, []]);
      expect(run.stderr).toContain('was not trusted');
    });

    it('goes on when the fingerprint shown is pasted', async () => {
      expect((await asked([`SHA256:${colons(CA)}`])).status).toBe(0);
      expect(applied).toEqual(['plan-ca']);
    });

    it('trusts the other certificate shown when its fingerprint is pasted', async () => {
      const run = await asked([colons(LEAF)]);
      expect(applied).toEqual(['plan-1e']);
      expect(run.stdout).toContain('regent-1e1e');
    });

    it('refuses a pasted fingerprint of something else', async () => {
      const run = await asked(['ab'.repeat(32)]);
      expect([run.status, applied]).toEqual([3, []]);
      expect(run.stderr).toContain('has the given fingerprint');
    });

    it('shows certificate and changes before it asks', async () => {
      const run = await asked(['n']);
      expect(run.stdout).toContain(colons(CA).slice(0, 20));
      expect(run.stdout).toContain('asks for the administrator');
      expect(run.questions).toHaveLength(1);
    });
  });

  describe('what became of it', () => {
    const trustAnyway = (changes: object) => regent(['trust', ADDRESS, '--tofu'], world(changes));

    it('says once why nothing could be proven', async () => {
      const reason = { outcome: 'not-proven', reason: 'no-engine', detail: '' } as const;
      const proof = [proofOf('sign-in', reason), proofOf('pull', reason)];
      const run = await trustAnyway({ proof });
      expect(run.status).toBe(0);
      expect(run.stdout.split('No container engine answers')).toHaveLength(2);
      const args = ['trust', ADDRESS, '--tofu', '--json'];
      const printed = document.parse(documentOf(await regent(args, world({ proof }))));
      expect(printed.proof[0]).toMatchObject({
        ok: null,
        detail: expect.stringContaining('engine'),
      });
    });

    it('fails as the engine refuses', async () => {
      const problem = {
        code: 'ENGINE_UNTRUSTED',
        data: { address: ADDRESS, message: 'x509: unknown' },
      } as const;
      const run = await trustAnyway({ proof: [proofOf('pull', { outcome: 'refused', problem })] });
      expect(run.status).toBe(3);
      expect(run.stdout).toContain('x509: unknown');
    });

    it('prints the script of a step that needs rights nobody can give', async () => {
      const command = 'install -d /etc/docker\ncp a b';
      const problem = { code: 'ELEVATION_UNAVAILABLE', data: { command } } as const;
      const [first, second] = done;
      const consumers = [first, { ...second, status: 'failed', problem }];
      const run = await trustAnyway({ consumers });
      expect(run.status).toBe(1);
      expect(run.stdout).toContain('\n    install -d /etc/docker\n    cp a b\n');
    });
  });
});
