import { beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { type Made, make, makeCa } from '../make-certificate.ts';
import { startPlain, type TestServer } from '../test-server.ts';
import { HERE, lookAt, visitTls } from './look-at.ts';

describe('a look that fetches what the server left out', () => {
  let site: TestServer;
  let root: Made;
  let middle: Made;
  let leaf: Made;
  let asked = 0;

  beforeAll(async () => {
    site = await startPlain((request, response) => {
      asked += 1;
      response.end(request.url === '/middle' ? middle.der : root.pem);
    });
    const at = (path: string) => `http://pki.test:${site.port}/${path}`;
    root = makeCa({ cn: 'Root' });
    middle = makeCa({ cn: 'Middle', by: root, issuersAt: [at('root')] });
    leaf = make({ by: middle, issuersAt: [at('middle')] });
    return () => site.stop();
  });

  const shas = (...made: readonly Made[]) => made.map(({ cert }) => cert.sha256);
  /** Its registry and its PKI live on this machine, by an address of the same kind. */
  const resolver = async (host: string) => [host === 'pki.test' ? '127.0.0.1' : HERE];
  const at = () => ({ complete: true, resolver, issuerPorts: [site.port] });

  it('does so when asked, and says what was fetched and what was shown', () =>
    visitTls([leaf], async (port) => {
      const { report } = await lookAt(`reg.test:${port}`, at());
      expect(report.certificates.map(({ sha256 }) => sha256)).toEqual(shas(leaf, middle, root));
      expect(report.fetched).toEqual(shas(middle, root));
      // The root alone would not do: Docker does not fetch what is between.
      const kinds = { [leaf.cert.sha256]: 'leaf', [middle.cert.sha256]: 'ca' };
      expect(
        Object.fromEntries(report.candidates.map(({ sha256, kind }) => [sha256, kind])),
      ).toEqual(kinds);
    }));

  it('changes nothing about the verdict: Docker does not fetch', () =>
    visitTls([leaf], async (port) => {
      const roots = createPool([root.der]);
      const { report } = await lookAt(`reg.test:${port}`, { ...at(), roots });
      expect(report).toMatchObject({
        verdict: 'untrusted',
        dockerSays: 'x509: certificate signed by unknown authority',
      });
    }));

  it('does not at other ports than those of the web', () =>
    visitTls([leaf], async (port) => {
      asked = 0;
      const { report } = await lookAt(`reg.test:${port}`, { complete: true, resolver });
      expect([report.fetched, asked]).toEqual([[], 0]);
    }));

  it('does not when not asked', () =>
    visitTls([leaf], async (port) => {
      asked = 0;
      const { report } = await lookAt(`reg.test:${port}`, { resolver });
      expect([report.fetched, asked]).toEqual([[], 0]);
    }));
});
