import { describe, expect, it } from 'vitest';
import type { ConsumerPlan, TrustPlan } from '../../../shared/model/trust.ts';
import { documentOf, type FakeTerminal, regent } from './fake-terminal.ts';
import {
  ADDRESS,
  CA,
  certificateOf,
  consumerPlanOf,
  LEAF,
  planOf,
  probeEventsOf,
  proofOf,
  reportOf,
  resultOf,
} from './samples.ts';

/** A world that answers with this plan, and proves what was applied. */
const planning = (changes: Partial<TrustPlan>, terminal: FakeTerminal = {}): FakeTerminal => {
  const plan = { ...planOf(CA), ...changes };
  return {
    ...terminal,
    handlers: {
      registries: { probe: async () => probeEventsOf(reportOf()) },
      trust: {
        plan: () => plan,
        apply: () => ({ ...resultOf(plan), consumers: [...resultOf(plan).consumers] }),
        proof: () => ({ address: ADDRESS, proof: [] }),
      },
    },
  };
};
const dryRun = (...consumers: readonly ConsumerPlan[]) =>
  regent(['trust', ADDRESS, '--dry-run'], planning({ consumers }));

describe('a plan on the terminal', () => {
  it('shows an edit in somebody else’s file as the lines that differ', async () => {
    const before = '{\n  "a": 1,\n  "b": 2,\n  "c": 3,\n  "d": 4\n}\n';
    const after = before.replace('4', '4,\n  "insecure-registries": []');
    const path = '/etc/docker/daemon.json';
    const { stdout } = await dryRun(
      consumerPlanOf('docker-engine', {
        changes: [{ kind: 'edit-file', line: 1, path, mode: '0644', before, after }],
      }),
    );
    const shown = stdout.split('\n').map((line) => line.trimEnd());
    const start = shown.indexOf(`    edit ${path}`);
    expect(shown.slice(start + 1, start + 9)).toEqual([
      '      …',
      '          "a": 1,',
      '          "b": 2,',
      '          "c": 3,',
      '      -   "d": 4',
      '      +   "d": 4,',
      '      +   "insecure-registries": []',
      '        }',
    ]);
  });

  it('shows commands as they are typed, and no private key', async () => {
    const { stdout } = await dryRun(
      consumerPlanOf('docker-engine', {
        changes: [
          { kind: 'write-secret', path: '/etc/docker/certs.d/x/client.key', mode: '0600' },
          { kind: 'set-aside', path: '/a', to: '/a.set-aside-by-regent' },
          { kind: 'run', argv: ['systemctl', 'reload', 'my docker'] },
        ],
      }),
    );
    expect(stdout).toContain('write private key /etc/docker/certs.d/x/client.key');
    expect(stdout).toContain('rename /a to /a.set-aside-by-regent');
    expect(stdout).toContain("run systemctl reload 'my docker'");
  });

  it('says for each consumer when it counts, and what goes with it', async () => {
    const { stdout } = await dryRun(
      consumerPlanOf('k3s', {
        effect: 'restart',
        live: false,
        ranHere: false,
        notes: [{ code: 'restart-command', facts: { command: 'systemctl restart k3s' } }],
      }),
      consumerPlanOf('system', { notes: [{ code: 'every-server', facts: {} }] }),
      consumerPlanOf('colima', {
        status: 'blocked',
        problem: { code: 'TRUST_TARGET_UNSAFE', data: { path: '/p', reason: 'symbolicLink' } },
      }),
    );
    expect(stdout).toContain('Works after its next restart.');
    expect(stdout).toContain('`systemctl restart k3s`');
    expect(stdout).toContain('Written to its documentation');
    expect(stdout).toContain('pose as any server');
    expect(stdout).toContain('Colima: cannot be done here\n    ! Regent will not write to /p.');
  });

  it('shows what it replaces, and the client certificate', async () => {
    const client = { sha256: LEAF, subject: 'CN=alice', notAfter: '2027-01-01T00:00:00Z' };
    const replaces = [{ ...certificateOf('0f'.repeat(32), true), subject: 'CN=Old CA' }];
    const run = await regent(
      ['trust', ADDRESS, '--replace', '--dry-run'],
      planning({ client, replaces }),
    );
    expect(run.stdout).toMatch(/Goes once the new one is in place\n +Issued to +CN=Old CA/);
    expect(run.stdout).toContain('Client certificate\n  CN=alice');
    const json = await regent(
      ['trust', ADDRESS, '--dry-run', '--json'],
      planning({ client, replaces }),
    );
    expect(documentOf(json)).toMatchObject({ client, replaces: ['0f'.repeat(32)], sha256: CA });
  });
});

describe('what became of a plan', () => {
  it('fails when a consumer could not be helped, and says what it needs', async () => {
    const problem = { code: 'TRUST_TARGET_CHANGED', data: { path: '/p' } } as const;
    const consumers = [consumerPlanOf('podman', { status: 'blocked', problem })];
    const run = await regent(['trust', ADDRESS, '--tofu'], planning({ consumers }));
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('✗ Podman: cannot be done here');
  });

  it('names what stayed of an earlier trust', async () => {
    const world = planning({});
    const reverted = [
      { consumer: 'docker-engine' as const, path: '/old.crt', action: 'removed' as const },
      { consumer: 'docker-engine' as const, path: '/etc/daemon.json', action: 'kept' as const },
    ];
    const apply = () => ({ ...resultOf(planOf(CA)), reverted });
    const handlers = { ...world.handlers, trust: { ...world.handlers?.trust, apply } };
    const run = await regent(['trust', ADDRESS, '--tofu'], { handlers });
    expect(run.stdout).toContain('✓ Docker Engine: /old.crt removed');
    expect(run.stdout).toContain('! Docker Engine: /etc/daemon.json kept');
  });

  it('asks for proof those that were helped, and prints a table of consumers and ways in', async () => {
    const world = planning({
      consumers: [
        consumerPlanOf('docker-engine'),
        consumerPlanOf('podman', { status: 'already' }),
        consumerPlanOf('kind', { status: 'blocked' }),
      ],
    });
    const asked: unknown[] = [];
    const refused = { outcome: 'refused', detail: 'x509: unknown' } as const;
    const proof = ({ consumers }: { readonly consumers?: readonly string[] | undefined }) => {
      asked.push(consumers);
      return {
        address: ADDRESS,
        proof: [
          proofOf('pull'),
          proofOf('push', { outcome: 'not-proven', reason: 'same-as-pull' }),
          proofOf('pull', { consumer: 'podman', ...refused }),
          proofOf('build', { consumer: 'podman', outcome: 'not-proven', reason: 'no-tool' }),
        ],
      };
    };
    const handlers = { ...world.handlers, trust: { ...world.handlers?.trust, proof } };
    const run = await regent(['trust', ADDRESS, '--tofu'], { handlers });
    expect(asked).toEqual([['docker-engine', 'podman']]);
    expect(run.stdout).toMatch(/\n +pull +push +build\n/);
    expect(run.stdout).toMatch(/\nDocker Engine +✓ proven +[=] pull +–\n/);
    expect(run.stdout).toMatch(/\nPodman +✗ refused +– +\? not proven\n/);
    expect(run.stdout).toContain('✗ Podman (pull)\n  x509: unknown\n');
    expect(run.stdout).toContain('? Podman (build)\n  The program that would have to be asked');
  });
});
