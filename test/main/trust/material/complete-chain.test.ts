import type { RequestListener } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { completeChain } from '../../../../main/trust/material/complete-chain.ts';
import { issuerUrls } from '../../../../main/trust/material/issuer-urls.ts';
import { issuerFetcher } from '../../../../main/trust/probe/fetch-issuer.ts';
import { mayReach } from '../../../../main/trust/probe/reachable-ip.ts';
import { type Made, make, makeCa } from '../make-certificate.ts';
import { startPlain } from '../test-server.ts';
import { writePkcs7 } from './write-pkcs7.ts';

describe('issuers that a server left out', () => {
  const asked: string[] = [];
  let answers: Readonly<Record<string, RequestListener>> = {};
  let port = 0;
  let root: Made;
  let middle: Made;
  let leaf: Made;

  const at = (path: string) => `http://pki.test:${port}/${path}`;
  const send =
    (body: string | Uint8Array): RequestListener =>
    (_, response) =>
      response.end(body);

  beforeAll(async () => {
    const site = await startPlain((request, response) => {
      const path = (request.url ?? '').slice(1);
      asked.push(path);
      const answer = answers[path];
      if (answer) answer(request, response);
      else response.writeHead(404).end();
    });
    port = site.port;
    root = makeCa({ cn: 'Root' });
    middle = makeCa({ cn: 'Middle', by: root, issuersAt: [at('root')] });
    leaf = make({ by: middle, issuersAt: ['ldap://pki.test/x', at('middle')] });
    return () => site.stop();
  });
  afterEach(() => {
    asked.length = 0;
    answers = {};
  });

  const { signal } = new AbortController();
  const resolver = async () => ['127.0.0.1'];
  /** The registry lives on this machine too, so it may be asked. */
  const complete = async (chain: readonly Made[], registry = ['127.0.0.1']) => {
    const fetch = issuerFetcher(registry, resolver);
    const fetched = await completeChain(
      chain.map(({ cert }) => cert),
      { signal, fetch },
    );
    return fetched.map(({ sha256 }) => sha256);
  };
  const shas = (...made: readonly Made[]) => made.map(({ cert }) => cert.sha256);

  it.each([
    ['DER', (made: Made) => made.der],
    ['PEM', (made: Made) => made.pem],
    ['PKCS#7', (made: Made) => writePkcs7([makeCa().der, made.der])],
  ])('are fetched up to the root, as %s', async (_, form) => {
    answers = { middle: send(form(middle)), root: send(form(root)) };
    expect(await complete([leaf])).toEqual(shas(middle, root));
    expect(asked).toEqual(['middle', 'root']);
  });

  it('are not fetched where nothing is missing', async () => {
    expect(await complete([leaf, root, middle])).toEqual([]);
    expect(await complete([])).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('begin after what the server did send', async () => {
    answers = { root: send(root.der) };
    expect(await complete([leaf, middle])).toEqual(shas(root));
  });

  it('must have signed what they are said to have signed', async () => {
    const impostor = makeCa({ cn: 'Middle' });
    answers = { middle: send(impostor.der) };
    expect(await complete([leaf])).toEqual([]);
  });

  it.each([
    ['nothing is there', undefined],
    ['the answer is a page', send('<html>')],
    ['the answer is huge', send(Buffer.alloc(1_000_000))],
    ['the server hangs up', ((request) => request.destroy()) as RequestListener],
  ])('stay away where %s', async (_, answer) => {
    answers = answer ? { middle: answer } : {};
    expect(await complete([leaf])).toEqual([]);
  });

  const redirect =
    (location: string): RequestListener =>
    (_, response) =>
      response.writeHead(302, { Location: location }).end();

  it('may be one redirect away, over plain HTTP', async () => {
    answers = { middle: redirect('/moved'), moved: send(middle.der), root: send(root.der) };
    expect(await complete([leaf])).toEqual(shas(middle, root));
    answers = { middle: redirect('/moved'), moved: redirect('/again'), again: send(middle.der) };
    expect(await complete([leaf])).toEqual([]);
    answers = { middle: redirect(`https://pki.test:${port}/moved`), moved: send(middle.der) };
    expect(await complete([leaf])).toEqual([]);
    expect(asked).not.toContain('again');
  });

  it('are not looked for on this machine, unless the registry is there', async () => {
    answers = { middle: send(middle.der), root: send(root.der) };
    expect(await complete([leaf], ['10.0.0.5'])).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('are not looked for without end', async () => {
    const made: Made[] = [];
    let by = makeCa({ cn: 'Top' });
    for (let i = 0; i < 9; i += 1) {
      by = makeCa({ cn: `Step ${i}`, by, issuersAt: [at(`step${i - 1}`)] });
      made.push(by);
    }
    const below = make({ by, issuersAt: [at('step8')] });
    answers = Object.fromEntries(made.map(({ der }, i) => [`step${i}`, send(der)]));
    expect(await complete([below])).toHaveLength(5);
  });

  it('identify nobody', async () => {
    let headers: readonly string[] = [];
    answers = {
      middle: (request, response) => {
        headers = Object.keys(request.headers).sort();
        response.end(middle.der);
      },
    };
    await complete([leaf]);
    expect(headers).toEqual(['accept', 'connection', 'host', 'user-agent']);
  });

  it('are looked for only where a certificate names them over plain HTTP', () => {
    const urls = [
      'https://a.test/x',
      'http://u:p@b.test/',
      'file:///etc/passwd',
      'no',
      'http://c.test/ca.crt',
    ];
    const { cert } = make({ issuersAt: urls });
    expect(issuerUrls(cert).map(({ href }) => href)).toEqual(['http://c.test/ca.crt']);
    expect(issuerUrls(make().cert)).toEqual([]);
  });

  it('are looked for in any bytes without harm', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(changes, (list) => {
        const der = new Uint8Array(leaf.der);
        for (const [place, value] of list) der[place % der.length] = value;
        for (const url of issuerUrls({ ...leaf.cert, der })) expect(url.protocol).toBe('http:');
      }),
    );
  });

  it.each([
    ['10.1.2.3', [], true],
    ['192.168.1.1', [], true],
    ['2001:db8::1', [], true],
    ['127.0.0.1', [], false],
    ['127.0.0.1', ['127.0.1.1'], true],
    ['::1', ['127.0.0.1'], true],
    ['::ffff:127.0.0.1', ['10.0.0.1'], false],
    ['0.0.0.0', [], false],
    ['169.254.1.1', [], false],
    ['169.254.1.1', ['169.254.9.9'], true],
    ['fe80::1%eth0', [], false],
    ['169.254.169.254', ['169.254.169.254'], false],
    ['::ffff:169.254.169.254', ['169.254.1.1'], false],
    ['fd00:ec2::254', [], false],
    ['100.100.100.200', [], false],
    ['nonsense', ['127.0.0.1'], false],
  ])('%s may be asked for a registry at %j: %s', (ip, registry, may) => {
    expect(mayReach(ip, registry)).toBe(may);
  });
});
