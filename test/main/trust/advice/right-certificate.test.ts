import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviseRightCertificate } from '../../../../main/trust/advice/right-certificate.ts';
import { describeCertificate } from '../../../../main/trust/x509/describe-certificate.ts';
import type { Verdict } from '../../../../shared/model/probe.ts';
import { make } from '../make-certificate.ts';

describe('advice for the server’s administrator', () => {
  const advise = (address: string, names: readonly string[] | null, verdict: Verdict = 'no-san') =>
    adviseRightCertificate({
      address,
      verdict,
      certificates: [describeCertificate(make({ names }).cert)],
    });
  const textOf = (id: string, address: string, names: readonly string[] | null = null) =>
    advise(address, names)?.steps.find((step) => step.id === id)?.text ?? '';

  it.each<[Verdict, string | undefined]>([
    ['no-san', 'renew'],
    ['name-mismatch', 'renew'],
    ['expired', 'renew'],
    ['not-yet-valid', 'renew'],
    ['weak', 'renew'],
    ['invalid-chain', 'renew'],
    ['plain-http', 'switch-on'],
    ['untrusted', undefined],
    ['trusted', undefined],
    ['unreachable', undefined],
    ['not-a-registry', undefined],
  ])('is given where trust is no cure: %s', (verdict, kind) => {
    expect(advise('reg.test', null, verdict)?.kind).toBe(kind);
  });

  it.each([
    ['reg.test:5000', null, ['DNS:reg.test']],
    ['REG.test', ['old.test', '*.old.test'], ['DNS:reg.test', 'DNS:old.test', 'DNS:*.old.test']],
    ['10.0.0.5:5000', ['nas.test', '10.0.0.4'], ['IP:10.0.0.5', 'DNS:nas.test', 'IP:10.0.0.4']],
    ['[FD00::2]:5000', null, ['IP:fd00::2']],
    ['localhost:5000', null, ['DNS:localhost']],
  ] as const)('names what was typed first, and keeps the old names: %s', (address, old, names) => {
    expect(advise(address, old)?.names).toEqual(names);
    expect(textOf('make', address, old)).toContain(`\nsubjectAltName = ${names.join(', ')}\n`);
  });

  it('keeps nothing of an old certificate that is not a name', () => {
    const hostile = [
      '$(id).test',
      "a'.test",
      'x\nEND\nid',
      'a b.test',
      'ok.test',
      '*.*.test',
      '-.test',
    ];
    expect(advise('reg.test', hostile)?.names).toEqual(['DNS:reg.test', 'DNS:ok.test']);
  });

  it('holds nothing but names and the commands around them, whatever a certificate says', () => {
    const plain = textOf('make', 'reg.test').length;
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 30 }), (names) => {
        const certificate = {
          ...describeCertificate(make().cert),
          dnsNames: names,
          ipAddresses: names,
        };
        const report = {
          address: 'reg.test',
          verdict: 'no-san',
          certificates: [certificate],
        } as const;
        const advice = adviseRightCertificate(report);
        const kept = advice?.names ?? [];
        expect(kept.every((name) => /^(DNS:(\*\.)?[a-z0-9.-]+|IP:[0-9a-f.:]+)$/.test(name))).toBe(
          true,
        );
        const added = kept.slice(1).reduce((sum, name) => sum + name.length + 2, 0);
        expect(advice?.steps[0]?.text).toHaveLength(plain + added);
      }),
      { numRuns: 50 },
    );
  });

  it('names the port that was typed, or HTTPS’s', () => {
    expect(textOf('registry', 'reg.test:5000')).toContain('-p 5000:5000');
    expect(textOf('compose', 'reg.test')).toContain('"443:5000"');
    expect(textOf('nginx', '[fd00::2]:8443')).toMatch(
      /listen 8443 ssl;[\s\S]*server_name \[fd00::2\];/,
    );
    // On the registry's own port it stands in the registry's place.
    expect(textOf('nginx', 'reg.test:5000')).toContain('proxy_pass http://127.0.0.1:5001;');
  });

  it('fits a long name into a certificate, whose common name is short', () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.test`;
    expect(textOf('make', long)).toContain('\nCN = registry\n');
  });
});
