import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { verdictSchema } from '../../../shared/model/probe.ts';
import { documentOf, regent } from './fake-terminal.ts';
import { ADDRESS, CA, certificateOf, LEAF, probeEventsOf, reportOf } from './samples.ts';

const document = z.object({
  address: z.string(),
  scheme: z.enum(['https', 'http']).nullable(),
  api: z.string().nullable(),
  auth: z.object({ kind: z.string() }).nullable(),
  verdict: verdictSchema,
  certificates: z.array(z.object({ sha256: z.string() })),
  problems: z.array(z.object({ code: z.string(), message: z.string(), fix: z.string() })),
});

const probing = (changes: Parameters<typeof reportOf>[0] = {}) => ({
  handlers: { registries: { probe: async () => probeEventsOf(reportOf(changes)) } },
});

describe('regent probe', () => {
  it('prints the whole report as one document', async () => {
    const run = await regent(['probe', ADDRESS, '--json'], probing());
    expect(document.parse(documentOf(run))).toMatchObject({ address: ADDRESS, api: 'v2' });
    expect(run.stderr).toBe('');
  });

  it.each([
    ['trusted', 0],
    ['untrusted', 3],
    ['name-mismatch', 3],
    ['expired', 3],
    ['plain-http', 3],
    ['unreachable', 6],
    ['not-a-registry', 5],
  ] as const)('ends with the status of the verdict: %s', async (verdict, status) => {
    const run = await regent(['probe', ADDRESS, '--json'], probing({ verdict, problems: [] }));
    expect(run.status).toBe(status);
    expect(document.parse(documentOf(run)).verdict).toBe(verdict);
  });

  it('tells steps, certificates, verdict and the next step in words', async () => {
    const { stdout } = await regent(['probe', ADDRESS], probing());
    expect(stdout).toContain('✓ registry.test is 192.0.2.7\n');
    expect(stdout).toMatch(/Valid +Jan 1, 2026 to Dec 1, 2026 \(9 days left\)/);
    expect(stdout).toContain(`SHA-256  ${'1E:'.repeat(31)}1E`);
    expect(stdout).toContain(`${ADDRESS}: Not trusted`);
    expect(stdout.split('“x509: certificate signed by unknown authority”')).toHaveLength(2);
    expect(stdout).toContain(`regent trust ${ADDRESS}`);
    expect(stdout).not.toContain('\u001b');
  });

  it('draws the chain as a tree, issuers above what they issued', async () => {
    const { stdout } = await regent(['probe', ADDRESS], probing());
    const tree = stdout.split('\n').filter((line) => line.includes('CN='));
    expect(tree.slice(0, 2)).toEqual(['  CN=Lab CA', '  └─ CN=registry.test']);
  });

  it('marks an issuer that was left out, and one that was fetched', async () => {
    const alone = { certificates: [certificateOf(LEAF, false)], candidates: [] };
    const missing = await regent(['probe', ADDRESS], probing(alone));
    expect(missing.stdout).toContain('  CN=Lab CA (issuer, not sent by the server)\n');
    const asked: unknown[] = [];
    const handlers = {
      registries: {
        probe: async (input: unknown) => {
          asked.push(input);
          return probeEventsOf(reportOf({ fetched: [CA] }));
        },
      },
    };
    const fetched = await regent(['probe', ADDRESS, '--complete'], { handlers });
    expect(asked).toEqual([{ address: ADDRESS, complete: true }]);
    expect(fetched.stdout).toMatch(/CN=Lab CA \(fetched;/);
  });

  it('shows the candidates with their fingerprints', async () => {
    const { stdout } = await regent(['probe', ADDRESS], probing());
    const [, candidates = ''] = stdout.split('What could be trusted');
    expect(candidates).toContain(`CN=Lab CA\n    ${'CA:'.repeat(31)}CA`);
    expect(candidates).toContain('until the server renews it');
  });

  it('sets a changed certificate beside the old one before anything else', async () => {
    const previous = { ...certificateOf('0f'.repeat(32), false), subject: 'CN=old.test' };
    const problems = [
      { code: 'CERT_CHANGED', data: { address: ADDRESS, expected: previous.sha256, actual: LEAF } },
    ] as const;
    const changed = { previous, sameKey: false, problems };
    const { stdout } = await regent(['probe', ADDRESS], probing(changed));
    expect(stdout).toMatch(/Issued to +CN=old\.test +CN=registry\.test\n/);
    expect(stdout).toContain(`${'0F:'.repeat(10)}  ${'1E:'.repeat(10)}\n`);
    expect(stdout.indexOf('CN=old.test')).toBeLessThan(stdout.indexOf('Certificates'));
    expect(stdout).toContain('somebody stands in between');
    expect(stdout).toContain(`Expected was SHA-256 ${'0F:'.repeat(31)}0F`);
    expect(stdout).toContain(`regent trust ${ADDRESS} --replace`);
    const renewed = await regent(['probe', ADDRESS], probing({ ...changed, sameKey: true }));
    expect(renewed.stdout).toContain('the certificate was renewed');
  });

  it('hands the administrator of the server commands as they are', async () => {
    const advice = {
      kind: 'renew',
      names: ['DNS:registry.test', 'IP:192.0.2.7'],
      steps: [{ id: 'make', text: 'openssl req \\\n  -x509\n' }],
    } as const;
    const { stdout } = await regent(['probe', ADDRESS], probing({ verdict: 'no-san', advice }));
    expect(stdout).toContain('good for DNS:registry.test and IP:192.0.2.7');
    expect(stdout).toContain('\n    openssl req \\\n      -x509\n');
  });

  it('says that on loopback Docker accepts anything', async () => {
    const { stdout } = await regent(['probe', ADDRESS], probing({ loopback: true }));
    expect(stdout).toContain('accepts any certificate');
  });

  it('shows the step at work only where somebody is looking', async () => {
    const live = await regent(['probe', ADDRESS], { ...probing(), tty: true });
    expect(live.stdout).toContain('Looking up registry.test');
    const plain = await regent(['probe', ADDRESS], probing());
    expect(plain.stdout).not.toContain('Looking up');
  });

  it('takes URLs and says what is no address', async () => {
    const url = await regent(['probe', `https://${ADDRESS}/v2/`, '--json'], probing());
    expect(documentOf(url).address).toBe(ADDRESS);
    const wrong = await regent(['probe', 'not an address', '--json']);
    expect(wrong.status).toBe(2);
    expect(documentOf(wrong)).toMatchObject({ error: { code: 'ADDRESS_INVALID' } });
  });
});
