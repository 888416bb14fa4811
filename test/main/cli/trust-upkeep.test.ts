import { describe, expect, it } from 'vitest';
import type { FoundConsumer } from '../../../shared/model/consumer.ts';
import type { Mess } from '../../../shared/model/trust.ts';
import { documentOf, failing, regent } from './fake-terminal.ts';
import {
  ADDRESS,
  CA,
  certificateOf,
  consumerPlanOf,
  entryOf,
  LEAF,
  planOf,
  proofOf,
  resultOf,
} from './samples.ts';

describe('regent trust list', () => {
  const listing = (changes: Parameters<typeof entryOf>[0] = {}) => ({
    handlers: { trust: { list: () => [entryOf(changes)] } },
  });

  it('tells each trust: what, for whom, until when', async () => {
    expect(documentOf(await regent(['trust', 'list', '--json'], listing()))).toEqual({
      entries: [entryOf()],
    });
    const { stdout } = await regent(['trust', 'list'], listing());
    expect(stdout).toContain(`${ADDRESS}\n`);
    expect(stdout).toContain('Regent, Docker Engine');
    expect(stdout).toContain('Dec 1, 2026 (valid, 40 days left)');
    expect(stdout).toContain('1E:1E:');
  });

  it.each([
    ['soon', 9, '! Dec 1, 2026 (ends soon, 9 days left)'],
    ['expired', -2, '! Dec 1, 2026 (has expired, expired 2 days ago)'],
  ] as const)('warns of what ends: %s', async (expiry, daysLeft, words) => {
    const { stdout } = await regent(['trust', 'list'], listing({ expiry, daysLeft }));
    expect(stdout).toContain(words);
  });

  it('tells what is no longer as it was left', async () => {
    const drift = [{ consumer: 'podman', path: '/certs.d/x', state: 'missing' }] as const;
    const { stdout } = await regent(['trust', 'list'], listing({ drift }));
    expect(stdout).toContain('! Podman: /certs.d/x: somebody removed it');
  });

  it('has entries without a certificate', async () => {
    const insecure = { kind: 'insecure', certificate: null, daysLeft: null } as const;
    const { stdout } = await regent(['trust', 'list'], listing(insecure));
    expect(stdout).toContain('Plain HTTP without any protection');
    expect(stdout).not.toContain('Until');
  });
});

describe('regent trust consumers', () => {
  const found: readonly FoundConsumer[] = [
    {
      id: 'docker-engine',
      evidence: '/usr/bin/dockerd',
      preselected: true,
      place: '/etc/docker/certs.d',
      elevated: true,
    },
    { id: 'system', evidence: '/x', preselected: false, place: '/etc/ssl', elevated: true },
  ];
  const world = { handlers: { trust: { consumers: () => [...found] } } };

  it('tells what was found, what it reads and how far trust reaches there', async () => {
    const { stdout } = await regent(['trust', 'consumers'], world);
    expect(stdout).toContain('✓ Docker Engine (docker-engine)');
    expect(stdout).toMatch(/Reads trust from +\/etc\/docker\/certs\.d\n/);
    expect(stdout).toContain('– System store (system)');
    expect(stdout).toContain('Every server');
    expect(stdout).toContain('administrator’s password');
    const { consumers } = documentOf(await regent(['trust', 'consumers', '--json'], world));
    expect(consumers).toMatchObject([
      { id: 'docker-engine', place: '/etc/docker/certs.d', effect: 'at-once', ranHere: true },
      { id: 'system', reach: 'every-server' },
    ]);
  });
});

describe('regent trust check', () => {
  const asked: unknown[] = [];
  const world = {
    handlers: {
      trust: {
        list: () => [entryOf(), entryOf(), entryOf({ address: 'other.test' })],
        proof: ({ address, consumers }: { address: string; consumers?: unknown }) => {
          asked.push([address, consumers]);
          const proof = address === ADDRESS ? [proofOf('pull')] : [];
          return { address, proof };
        },
      },
    },
  };

  it('asks for every registry that was trusted, once', async () => {
    const run = await regent(['trust', 'check', '--json'], world);
    expect(run.status).toBe(0);
    expect(documentOf(run)).toMatchObject({
      checks: [
        { address: ADDRESS, proof: [{ consumer: 'docker-engine', way: 'pull', ok: true }] },
        { address: 'other.test', proof: [] },
      ],
    });
  });

  it('asks for one registry and the consumers named', async () => {
    asked.length = 0;
    const run = await regent(['trust', 'check', ADDRESS, '--consumer', 'podman'], world);
    expect(asked).toEqual([[ADDRESS, ['podman']]]);
    expect(run.stdout).toContain('✓ proven');
    const nobody = await regent(['trust', 'check', 'other.test'], world);
    expect(nobody.stdout).toContain('--consumer all');
  });

  it('fails as a consumer refuses', async () => {
    const problem = { code: 'ENGINE_NETWORK', data: { address: ADDRESS, message: 'x' } } as const;
    const proof = () => ({
      address: ADDRESS,
      proof: [proofOf('pull', { outcome: 'refused', problem })],
    });
    const run = await regent(['trust', 'check', ADDRESS], { handlers: { trust: { proof } } });
    expect(run.status).toBe(6);
  });
});

describe('leftovers', () => {
  const mess: Mess = {
    id: 'm1',
    address: ADDRESS,
    consumer: 'docker-engine',
    kind: 'misnamed',
    path: '/etc/docker/certs.d/x/ca.pem',
    mendable: true,
  };
  const to = `${mess.path}.set-aside-by-regent`;
  const changes = [{ kind: 'set-aside' as const, path: mess.path, to }];
  const plan = {
    ...planOf(CA),
    kind: 'mend' as const,
    certificate: null,
    consumers: [consumerPlanOf('docker-engine', { changes })],
  };
  const applied: string[] = [];
  const world = {
    handlers: {
      trust: {
        messes: () => [mess, { ...mess, id: 'm2', mendable: false }],
        planMend: () => plan,
        apply: ({ planId }: { planId: string }) => {
          applied.push(planId);
          return resultOf(plan);
        },
        proof: () => ({ address: ADDRESS, proof: [proofOf('pull')] }),
      },
    },
  };

  it('are found, with the way to mend them', async () => {
    const run = await regent(['trust', 'messes'], world);
    expect(run.stdout).toContain(mess.path);
    expect(run.stdout).toContain('regent trust mend m1');
    expect(run.stdout).not.toContain('mend m2');
    expect(documentOf(await regent(['trust', 'messes', ADDRESS, '--json'], world))).toEqual({
      messes: [mess, { ...mess, id: 'm2', mendable: false }],
    });
    const none = await regent(['trust', 'messes'], { handlers: { trust: { messes: () => [] } } });
    expect([none.status, none.stderr]).toEqual([0, 'Nothing is in the way.\n']);
  });

  it('are mended once the changes were agreed to', async () => {
    const argv = ['trust', 'mend', 'm1'];
    expect((await regent(argv, world)).status).toBe(2);
    expect((await regent(argv, { ...world, tty: true, answers: ['n'] })).status).toBe(3);
    const dry = await regent([...argv, '--dry-run'], world);
    expect(dry.stdout).toContain(`rename ${mess.path} to ${to}`);
    expect(applied).toEqual([]);
    expect((await regent(argv, { ...world, tty: true, answers: ['y'] })).status).toBe(0);
    expect((await regent([...argv, '--yes'], world)).stdout).toContain('✓ proven');
    expect(applied).toHaveLength(2);
  });
});

describe('regent untrust', () => {
  const removed = {
    consumer: 'docker-engine' as const,
    path: '/etc/docker/certs.d/x',
    action: 'removed' as const,
  };
  const undoing = (reverted: readonly object[] = [removed]) => {
    const asked: unknown[] = [];
    const revoke = (input: unknown) => {
      asked.push(input);
      return { address: ADDRESS, reverted: [...(reverted as (typeof removed)[])] };
    };
    return { asked, world: { handlers: { trust: { revoke } } } };
  };

  it('puts back what was there', async () => {
    const { asked, world } = undoing();
    const run = await regent(['untrust', ADDRESS, '--json'], world);
    expect(documentOf(run)).toEqual({ address: ADDRESS, reverted: [removed] });
    expect(asked).toEqual([{ address: ADDRESS }]);
    const words = await regent(['untrust', ADDRESS], world);
    expect(words.stdout).toContain('certs.d/x removed');
    expect(words.stdout).toContain('is as it was before');
  });

  it('does so for some consumers only, and does not say more than that', async () => {
    const { asked, world } = undoing();
    const run = await regent(['untrust', ADDRESS, '--consumer', 'docker-engine'], world);
    expect(asked).toEqual([{ address: ADDRESS, consumers: ['docker-engine'] }]);
    expect(run.stdout).toContain('no longer trust');
    expect(run.stdout).not.toContain('as it was before');
  });

  it('says so where others have added to a file since', async () => {
    const run = await regent(['untrust', ADDRESS], undoing([{ ...removed, action: 'kept' }]).world);
    expect(run.stdout).toContain('What others added since stays.');
  });

  it('shows the way back without taking it', async () => {
    const change = { kind: 'remove' as const, path: '/etc/docker/certs.d/x/regent.crt' };
    const planRevoke = () => ({
      address: ADDRESS,
      changes: [{ consumer: 'docker-engine' as const, change }],
      elevated: true,
      script: 'rm regent.crt\n',
    });
    const world = { handlers: { trust: { planRevoke } } };
    const run = await regent(['untrust', ADDRESS, '--dry-run'], world);
    expect(run.stdout).toContain(`Docker Engine: remove ${change.path}`);
    expect(run.stdout).toContain('\n  rm regent.crt\n');
    const json = documentOf(await regent(['untrust', ADDRESS, '--dry-run', '--json'], world));
    expect(json).toMatchObject({ dryRun: true, reverted: [], script: 'rm regent.crt\n' });
  });

  it('knows nothing of trust that others set up', async () => {
    const revoke = failing('TRUST_NOT_FOUND', { address: ADDRESS });
    const run = await regent(['untrust', ADDRESS], { handlers: { trust: { revoke } } });
    expect(run.status).toBe(5);
  });
});

describe('certificates in an error', () => {
  it('stand as openssl prints them', async () => {
    const revoke = failing('CERT_CHANGED', { address: ADDRESS, expected: CA, actual: LEAF });
    const run = await regent(['untrust', ADDRESS], { handlers: { trust: { revoke } } });
    expect(run.stderr).toContain(`${'CA:'.repeat(31)}CA`);
    expect(run.stderr).toContain(certificateOf(LEAF, false).sha256.toUpperCase().slice(0, 2));
    expect(run.stderr).not.toContain('caca');
  });
});
