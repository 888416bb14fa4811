import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { verdictSchema } from '../../../shared/model/probe.ts';
import { documentOf, regent } from './fake-terminal.ts';
import { ADDRESS, probeEventsOf, reportOf } from './samples.ts';

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
    expect(stdout).toContain('Certificate 1 of 2');
    expect(stdout).toMatch(/Valid +Jan 1, 2026 to Dec 1, 2026 \(9 days left\)/);
    expect(stdout).toContain(`SHA-256    ${'1E:'.repeat(31)}1E`);
    expect(stdout).toContain(`${ADDRESS}: Not trusted`);
    expect(stdout.split('“x509: certificate signed by unknown authority”')).toHaveLength(2);
    expect(stdout).toContain(`regent trust ${ADDRESS}`);
    expect(stdout).not.toContain('\u001b');
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
