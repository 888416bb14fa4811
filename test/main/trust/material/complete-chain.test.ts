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
import { writePkcs12 } from './write-pkcs12.ts';

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
    const fetch = issuerFetcher(registry, resolver, [port]);
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

  it('are not taken out of PKCS#12, not even without a password', async () => {
    const open = makeCa({ key: 'rsa' });
    const below = make({ by: open, issuersAt: [at('open')] });
    answers = { open: send(open.der) };
    expect(await complete([below])).toEqual(shas(open));
    answers = { open: send(writePkcs12(open, '')) };
    expect(await complete([below])).toEqual([]);
    expect(asked).toEqual(['open', 'open']);
  });

  it('are found among many, but not among any number of the same name', async () => {
    const many = (count: number) => [
      ...Array.from({ length: 20 }, (_, i) => makeCa({ cn: `Other ${i}` }).der),
      ...Array.from({ length: count }, () => makeCa({ cn: 'Middle' }).der),
      middle.der,
    ];
    answers = { middle: send(writePkcs7(many(15))) };
    expect(await complete([leaf])).toEqual(shas(middle));
    answers = { middle: send(writePkcs7(many(16))) };
    expect(await complete([leaf])).toEqual([]);
  });

  it.each([22, 25, 443, 2375, 6379, 8081])('are not looked for at port %d', async (port) => {
    let resolved = 0;
    const fetch = issuerFetcher(['127.0.0.1'], async () => {
      resolved += 1;
      return ['127.0.0.1'];
    });
    const url = new URL(`http://pki.test:${port}/x`);
    await expect(fetch(url, signal)).rejects.toMatchObject({ name: 'NotFetched' });
    expect(resolved).toBe(0);
  });

  it.each(['', ':80', ':8080'])('may be at the port of “http://pki.test%s”', async (port) => {
    let resolved = 0;
    const fetch = issuerFetcher(['127.0.0.1'], async () => {
      resolved += 1;
      return [];
    });
    await expect(fetch(new URL(`http://pki.test${port}/x`), signal)).rejects.toThrow();
    expect(resolved).toBe(1);
  });

  it.each([
    ['10.1.2.3', [], false],
    ['10.1.2.3', ['93.184.216.34'], false],
    ['10.1.2.3', ['10.9.9.9'], true],
    ['10.1.2.3', ['192.168.1.1', 'fd00::1'], true],
    // A stranger's name may lead to a private address too.
    ['10.1.2.3', ['10.9.9.9', '93.184.216.34'], false],
    ['10.1.2.3', ['127.0.0.1'], false],
    ['172.31.0.1', ['93.184.216.34'], false],
    ['172.32.0.1', [], true],
    ['192.168.1.1', ['93.184.216.34'], false],
    ['192.168.1.1', ['192.168.7.7'], true],
    ['100.64.0.1', ['93.184.216.34'], false],
    ['100.64.0.1', ['100.100.1.1'], true],
    ['fd12::1', ['2001:db8::1'], false],
    ['fd12::1', ['fd34::1'], true],
    ['93.184.216.34', ['10.0.0.1'], true],
    // IPv4 in the clothes of IPv6: NAT64, 6to4, compatible, and those that lead nobody knows where.
    ['64:ff9b::5db8:d822', [], true],
    ['64:ff9b::a00:1', [], false],
    ['64:ff9b::a00:1', ['10.0.0.1'], true],
    ['64:ff9b::7f00:1', ['93.184.216.34'], false],
    ['64:ff9b::a9fe:a9fe', ['169.254.1.1'], false],
    ['64:ff9b:1::a00:1', ['10.0.0.1'], false],
    ['2002:a00:1::1', [], false],
    ['2002:a9fe:a9fe::1', ['169.254.1.1'], false],
    ['2002:5db8:d822::1', [], true],
    ['::7f00:1', ['93.184.216.34'], false],
    ['::a9fe:a9fe', ['169.254.1.1'], false],
    ['::ffff:0:7f00:1', ['127.0.0.1'], false],
    ['2001:0:4136:e378::1', [], false],
    ['224.0.0.1', ['224.0.0.1'], false],
    ['255.255.255.255', [], false],
    ['ff02::1', ['ff02::1'], false],
    ['fd20:ce::254', ['fd00::1'], false],
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
