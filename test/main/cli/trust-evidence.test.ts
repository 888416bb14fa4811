import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { RegentError } from '../../../shared/errors/index.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { documentOf, type FakeTerminal, regent } from './fake-terminal.ts';
import { ADDRESS, CA, planOf, probeEventsOf, reportOf, resultOf } from './samples.ts';

/** As much of a plan's input as these tests look at. */
interface Planned {
  readonly authority?:
    | { readonly path: string; readonly password?: string | undefined }
    | undefined;
  readonly client?: { readonly password?: string | undefined } | undefined;
  readonly insecure?: boolean | undefined;
}

const folder = mkdtempSync(join(tmpdir(), 'regent-evidence-'));
const file = (name: string) => {
  const path = join(folder, name);
  writeFileSync(path, 'x');
  return path;
};
afterAll(() => rmSync(folder, { recursive: true }));

let planned: Planned[];
let applied: string[];
beforeEach(() => {
  planned = [];
  applied = [];
});

const world = (
  terminal: FakeTerminal = {},
  report: Partial<ProbeReport> = {},
  refuse: (input: Planned) => void = () => undefined,
): FakeTerminal => ({
  ...terminal,
  handlers: {
    registries: { probe: async () => probeEventsOf(reportOf(report)) },
    trust: {
      consumers: () => [],
      plan: (input) => {
        planned.push(input);
        refuse(input);
        return input.insecure
          ? { ...planOf(CA), kind: 'insecure' as const, certificate: null }
          : planOf(CA);
      },
      apply: ({ planId }) => {
        applied.push(planId);
        return resultOf(planOf(CA));
      },
      proof: () => ({ address: ADDRESS, proof: [] }),
    },
  },
});

describe('a CA file with a password', () => {
  const locked = (terminal: FakeTerminal) =>
    world(terminal, {}, ({ authority }) => {
      const { path = '', password } = authority ?? {};
      if (password === 'right') return;
      const reason = password === undefined ? 'needed' : 'wrong';
      throw new RegentError('CA_FILE_PASSWORD', { path, reason });
    });
  const argv = ['trust', ADDRESS, '--ca', file('ca.p12')];

  it('is opened by what is typed unseen', async () => {
    const run = await regent(argv, locked({ tty: true, answers: ['wrong', 'right'] }));
    expect(run.status).toBe(0);
    expect(run.questions).toEqual(Array(2).fill(`hidden Password of ${join(folder, 'ca.p12')}:`));
    expect(run.stderr).toContain('The password does not open');
    expect(run.stdout + run.stderr).not.toContain('right');
  });

  it('is given up after three wrong ones', async () => {
    const run = await regent(argv, locked({ tty: true, answers: ['a', 'b', 'c', 'right'] }));
    expect([run.status, run.questions.length, applied]).toEqual([2, 3, []]);
  });

  it('is opened by standard input', async () => {
    const run = await regent([...argv, '--password-stdin', '--json'], locked({ stdin: 'right\n' }));
    expect(run.status).toBe(0);
    expect(planned).toHaveLength(1);
  });

  it('stays closed where nobody can be asked', async () => {
    const run = await regent([...argv, '--json'], locked({}));
    expect([run.status, run.questions]).toEqual([2, []]);
    expect(documentOf(run)).toMatchObject({ error: { code: 'CA_FILE_PASSWORD' } });
  });
});

describe('a client certificate', () => {
  it('goes into the plan with its key', async () => {
    const [certificate, key] = [file('client.pem'), file('client.key')];
    const given = ['--client-cert', certificate, '--client-key', key];
    await regent(['trust', ADDRESS, '--tofu', ...given], world());
    expect(planned).toEqual([{ address: ADDRESS, sha256: CA, client: { certificate, key } }]);
  });

  it('may hold the key itself, and lets a registry in that refuses everyone else', async () => {
    const certificate = file('client.p12');
    const report = {
      verdict: 'unreachable',
      problems: [{ code: 'CLIENT_CERT_REQUIRED', data: { address: ADDRESS } }],
      candidates: [],
      certificates: [],
    } as const;
    const argv = ['trust', ADDRESS, '--client-cert', certificate];
    const terminal = { tty: true, answers: ['secret', 'y'] };
    const run = await regent(
      argv,
      world(terminal, { ...report, verdict: 'trusted' }, ({ client }) => {
        if (client?.password === 'secret') return;
        throw new RegentError('CLIENT_CERT_INVALID', {
          path: certificate,
          reason: 'passwordNeeded',
        });
      }),
    );
    expect(run.status).toBe(0);
    expect(planned.at(-1)).toEqual({
      address: ADDRESS,
      client: { certificate, key: certificate, password: 'secret' },
    });
    expect((await regent(['trust', ADDRESS, '--tofu'], world({}, report))).status).toBe(4);
  });
});

describe('plain HTTP', () => {
  const report = {
    verdict: 'plain-http',
    scheme: 'http',
    problems: [{ code: 'PLAIN_HTTP', data: { address: ADDRESS } }],
    certificates: [],
    candidates: [],
  } as const;
  const argv = ['trust', ADDRESS, '--insecure'];

  it('is allowed unattended by its own option and nothing else', async () => {
    expect((await regent(['trust', ADDRESS, '--tofu'], world({}, report))).status).toBe(3);
    expect(planned).toEqual([]);
    const run = await regent([...argv, '--json'], world({}, report));
    expect([run.status, applied]).toEqual([0, ['plan-ca']]);
    expect(planned).toEqual([{ address: ADDRESS, insecure: true }]);
  });

  it.each([
    [ADDRESS, 0],
    ['y', 3],
    ['', 3],
  ])('is allowed by a person who types the address: “%s”', async (answer, status) => {
    const run = await regent(argv, world({ tty: true, answers: [answer] }, report));
    expect([run.status, applied.length]).toEqual([status, status === 0 ? 1 : 0]);
    expect(run.questions[0]).toContain(ADDRESS);
  });

  it('comes with the way to TLS, where only that was not asked for', async () => {
    const advice = {
      kind: 'switch-on',
      names: ['DNS:registry.test'],
      steps: [{ id: 'registry', text: 'docker run registry:2' }],
    } as const;
    const run = await regent(['trust', ADDRESS], world({}, { ...report, advice }));
    expect(run.stderr).toContain('    docker run registry:2\n');
    const json = await regent(['trust', ADDRESS, '--json'], world({}, { ...report, advice }));
    expect(json.stderr).toBe('');
    expect(documentOf(json)).toMatchObject({ error: { code: 'PLAIN_HTTP' } });
  });
});
