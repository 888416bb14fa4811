import { createHash, X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../../main/demo/start-demo.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}

describe('the demo registry', () => {
  let demo: Demo;
  let pool: Pool;

  const ask = async (
    path: string,
    {
      method = 'GET',
      headers = {},
      as = demo as { username: string; password: string } | null,
    } = {},
  ): Promise<Answer> => {
    const login = as && Buffer.from(`${as.username}:${as.password}`).toString('base64');
    const response = await pool.request({
      path,
      method: method as 'GET',
      headers: { ...(login === null ? {} : { authorization: `Basic ${login}` }), ...headers },
    });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    return { status: response.statusCode, headers: response.headers, bytes };
  };
  const json = async (path: string) => JSON.parse((await ask(path)).bytes.toString()) as unknown;

  beforeAll(async () => {
    demo = await startDemo();
    pool = new Pool(`https://${demo.address}`, { connect: { ca: demo.caPem } });
  });
  afterAll(async () => {
    await pool.destroy();
    await demo.close();
  });

  it('is on loopback, with a password of its own each time', async () => {
    const other = await startDemo();
    await other.close();
    expect(demo.address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(other.password).not.toBe(demo.password);
    expect(other.caSha256).not.toBe(demo.caSha256);
  });

  it('presents its certificate and the CA that its owner names by fingerprint', async () => {
    const [host = '', port] = demo.address.split(':');
    const socket = connect({ host, port: Number(port), ca: demo.caPem });
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    const leaf = socket.getPeerX509Certificate();
    socket.destroy();
    const ca = new X509Certificate(demo.caPem);
    expect(createHash('sha256').update(ca.raw).digest('hex')).toBe(demo.caSha256);
    expect(ca.ca).toBe(true);
    expect(leaf?.ca).toBe(false);
    expect(leaf?.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf?.checkHost('localhost')).toBe('localhost');
    expect(leaf?.verify(ca.publicKey)).toBe(true);
    expect(leaf?.issuerCertificate?.fingerprint256).toBe(ca.fingerprint256);
  });

  it('is refused by who does not know the CA', async () => {
    const stranger = new Pool(`https://${demo.address}`);
    await expect(stranger.request({ path: '/v2/', method: 'GET' })).rejects.toMatchObject({
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    });
    await stranger.destroy();
  });

  it.each([
    ['no login', null],
    ['a wrong password', { username: 'demo', password: 'wrong' }],
    ['another user', { username: 'root', password: 'demo' }],
  ])('asks for the login: %s', async (_, as) => {
    const { status, headers, bytes } = await ask('/v2/', { as });
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Basic realm="Regent demo registry"');
    expect(JSON.parse(bytes.toString()).errors[0].code).toBe('UNAUTHORIZED');
  });

  it('lists its repositories page by page', async () => {
    expect(await json('/v2/_catalog')).toEqual({
      repositories: ['demo/hello', 'demo/web', 'demo/worker', 'tools/backup', 'tools/ci/runner'],
    });
    const seen: string[] = [];
    let path: string | undefined = '/v2/_catalog?n=2';
    while (path !== undefined) {
      const { headers, bytes } = await ask(path);
      seen.push(...JSON.parse(bytes.toString()).repositories);
      path = /^<([^>]+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1];
    }
    expect(seen).toHaveLength(5);
    expect((await ask('/v2/_catalog?n=-1')).status).toBe(400);
  });

  it('lists tags', async () => {
    expect(await json('/v2/demo/web/tags/list')).toEqual({
      name: 'demo/web',
      tags: ['1.9', '2.0', '2.1', 'latest', 'stable'],
    });
  });

  it('serves whole images: every digest is that of the bytes, every layer of its config', async () => {
    const digestOf = (bytes: Buffer) =>
      `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    const index = (await json('/v2/demo/web/manifests/latest')) as {
      manifests: { digest: string; size: number; platform: { architecture: string } }[];
    };
    expect(index.manifests.map(({ platform }) => platform.architecture)).toEqual([
      'amd64',
      'arm64',
    ]);
    for (const { digest, size } of index.manifests) {
      const { bytes } = await ask(`/v2/demo/web/manifests/${digest}`);
      expect([digestOf(bytes), bytes.length]).toEqual([digest, size]);
      const manifest = JSON.parse(bytes.toString()) as {
        config: { digest: string };
        layers: { digest: string; size: number }[];
      };
      const config = (await json(`/v2/demo/web/blobs/${manifest.config.digest}`)) as {
        rootfs: { diff_ids: string[] };
      };
      expect(config.rootfs.diff_ids).toHaveLength(manifest.layers.length);
      for (const layer of manifest.layers) {
        const blob = await ask(`/v2/demo/web/blobs/${layer.digest}`);
        expect([digestOf(blob.bytes), blob.bytes.length]).toEqual([layer.digest, layer.size]);
      }
    }
  });

  it('answers HEAD with what GET would say, and 304 to who has it already', async () => {
    const path = '/v2/demo/hello/manifests/1.2';
    const [head, get] = [await ask(path, { method: 'HEAD' }), await ask(path)];
    expect(head.bytes).toHaveLength(0);
    for (const name of ['content-length', 'content-type', 'docker-content-digest', 'etag']) {
      expect(head.headers[name]).toBe(get.headers[name]);
    }
    const again = await ask(path, { headers: { 'if-none-match': String(get.headers.etag) } });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
  });

  it('serves parts of a blob, so that a download can be resumed', async () => {
    const index = (await json('/v2/demo/worker/manifests/0.9-beta')) as {
      layers: { digest: string; size: number }[];
    };
    const { digest, size } = index.layers[1] ?? { digest: '', size: 0 };
    const path = `/v2/demo/worker/blobs/${digest}`;
    const whole = await ask(path);
    const part = await ask(path, { headers: { range: `bytes=${size - 10}-` } });
    expect([part.status, part.headers['content-range']]).toEqual([
      206,
      `bytes ${size - 10}-${size - 1}/${size}`,
    ]);
    expect(part.bytes.equals(whole.bytes.subarray(-10))).toBe(true);
    expect((await ask(path, { headers: { range: 'bytes=-10' } })).bytes).toEqual(part.bytes);
    const outside = await ask(path, { headers: { range: `bytes=${size}-` } });
    expect([outside.status, outside.headers['content-range']]).toEqual([416, `bytes */${size}`]);
  });

  it.each([
    ['/v2/no/such/tags/list', 'NAME_UNKNOWN'],
    ['/v2/demo/hello/manifests/9.9', 'MANIFEST_UNKNOWN'],
    [`/v2/demo/hello/blobs/sha256:${'0'.repeat(64)}`, 'BLOB_UNKNOWN'],
    ['/v2/demo/hello/../../etc/passwd', 'NOT_FOUND'],
    ['/', 'NOT_FOUND'],
  ])('knows nothing of %s', async (path, code) => {
    const { status, bytes } = await ask(path);
    expect([status, JSON.parse(bytes.toString()).errors[0].code]).toEqual([404, code]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('takes no %s', async (method) => {
    const { status, headers } = await ask('/v2/demo/hello/blobs/uploads/', { method });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});
