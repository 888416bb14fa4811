import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadSystemRoots } from '../../../main/registry/transport/system-roots.ts';
import {
  type Issued,
  issueAuthority,
  issueSelfSigned,
  issueServer,
} from '../../lab/certificates.ts';
import { authority, calm, certificate, openClient, openFake } from './open-fake.ts';

const systemRoots = () => loadSystemRoots(process.env, process.platform);
const selfSigned = issueSelfSigned({ names: ['127.0.0.1'] });
const year = 365 * 24 * 3_600_000;
const open = (
  server: Issued | undefined,
  ca: readonly string[],
  host?: 'localhost' | '127.0.0.1',
) =>
  openFake(() => ({ body: {} }), {
    ...(server ? { certificate: server } : {}),
    ...(host ? { host } : {}),
  }).then((fake) => openClient(fake, { trust: { ca }, scheme: 'https', systemRoots }));

describe('trust of the registry client', () => {
  it.each<[what: string, server: Issued, ca: string]>([
    ['its authority', certificate, authority.certPem],
    ['the server’s own certificate, issued by somebody', certificate, certificate.certPem],
    ['the server’s own certificate, self-signed', selfSigned, selfSigned.certPem],
  ])('is given by %s', async (_, server, ca) => {
    const client = await open(server, [ca]);
    await expect(client.ping(calm)).resolves.toEqual({ username: null, api: 'v2' });
  });

  it('is refused without a root, and with somebody else’s', async () => {
    for (const ca of [[], [issueAuthority().certPem]]) {
      const client = await open(certificate, ca);
      await expect(client.ping(calm)).rejects.toHaveProperty('code', 'CERT_UNTRUSTED');
    }
  });

  it('is not given by an environment that switches verification off for Node', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const client = await open(certificate, []);
    await expect(client.ping(calm)).rejects.toHaveProperty('code', 'CERT_UNTRUSTED');
  });

  it('does not take a pinned certificate of the same name and another key', async () => {
    const client = await open(certificate, [
      issueServer(authority, { names: ['127.0.0.1'] }).certPem,
    ]);
    await expect(client.ping(calm)).rejects.toHaveProperty('code', 'CERT_UNTRUSTED');
  });

  it('reads alternative names only, since Docker ignores the common name', async () => {
    const commonNameOnly = issueServer(authority, { commonName: 'localhost', names: [] });
    const client = await open(commonNameOnly, [authority.certPem], 'localhost');
    await expect(client.ping(calm)).rejects.toMatchObject({
      code: 'CERT_NO_SAN',
      data: { host: 'localhost' },
    });
  });

  it('says which names there are', async () => {
    const server = issueServer(authority, { names: ['nas.test', '10.0.0.9'] });
    const client = await open(server, [authority.certPem]);
    await expect(client.ping(calm)).rejects.toMatchObject({
      code: 'CERT_NAME_MISMATCH',
      data: { host: '127.0.0.1', names: ['nas.test', '10.0.0.9'] },
    });
  });

  it('says when a certificate has expired, or is not valid yet', async () => {
    const past = { notBefore: new Date(Date.UTC(2020, 0)), notAfter: new Date(Date.UTC(2021, 0)) };
    const expired = await open(issueServer(authority, { names: ['127.0.0.1'], ...past }), [
      authority.certPem,
    ]);
    await expect(expired.ping(calm)).rejects.toMatchObject({
      code: 'CERT_EXPIRED',
      data: { subject: 'CN=127.0.0.1, O=Regent lab', notAfter: '2021-01-01T00:00:00.000Z' },
    });
    const notBefore = new Date(Math.ceil(Date.now() / 1000) * 1000 + year);
    const future = { notBefore, notAfter: new Date(notBefore.getTime() + year) };
    const early = await open(issueServer(authority, { names: ['127.0.0.1'], ...future }), [
      authority.certPem,
    ]);
    await expect(early.ping(calm)).rejects.toMatchObject({
      code: 'CERT_NOT_YET_VALID',
      data: { notBefore: notBefore.toISOString() },
    });
  });

  it('says when the server speaks plain HTTP', async () => {
    const client = await open(undefined, []);
    await expect(client.ping(calm)).rejects.toHaveProperty('code', 'PLAIN_HTTP');
  });

  it('tells unknown hosts and closed ports apart', async () => {
    const unknown = openClient({ address: 'nowhere.invalid', origin: 'https://nowhere.invalid' });
    await expect(unknown.ping(calm)).rejects.toMatchObject({
      code: 'HOST_UNKNOWN',
      data: { host: 'nowhere.invalid' },
    });
    const gone = await openFake(() => undefined);
    await gone.stop();
    await expect(openClient(gone).ping(calm)).rejects.toMatchObject({
      code: 'CONNECTION_REFUSED',
      data: { address: gone.address },
    });
  });
});

describe('loadSystemRoots', () => {
  it('reads the file and the folder that Go would, each certificate once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'regent-roots-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'roots.pem');
    const crlf = authority.certPem.replaceAll('\n', '\r\n');
    await writeFile(file, `# comment\n${authority.certPem}${crlf}junk`);
    const env = { SSL_CERT_FILE: file, SSL_CERT_DIR: '/nonexistent' };
    const roots = await loadSystemRoots(env, 'linux');
    const withoutFile = await loadSystemRoots({ ...env, SSL_CERT_FILE: '/nonexistent' }, 'linux');
    expect(roots.length).toBe(withoutFile.length + 1);
  });
});
