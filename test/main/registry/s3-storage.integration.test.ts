import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { blobExists } from '../../../main/registry/blobs/blob-exists.ts';
import { readBlob } from '../../../main/registry/blobs/read-blob.ts';
import { uploadBlob } from '../../../main/registry/blobs/upload-blob.ts';
import { inspect } from '../../../main/registry/describe/inspect.ts';
import { imageFile } from '../../../main/registry/files/image-file.ts';
import { imageFiles } from '../../../main/registry/files/image-files.ts';
import type { Place } from '../../../main/registry/place.ts';
import { copy } from '../../../main/registry/transfer/copy.ts';
import { save } from '../../../main/registry/transfer/save.ts';
import { type FaultPlan, startFaultProxy } from '../../lab/fault-proxy.ts';
import {
  blobOf,
  callRegistry,
  describeWithLab,
  imageOf,
  issueAuthority,
  type LabS3Storage,
  layerOf,
  machineHost,
  putCertificate,
  type RegistryStorage,
  type StorageRequest,
  sharedEngine,
  startPodman,
  startRegistry,
  startS3Storage,
} from '../../lab/index.ts';
import { calm, collect } from './open-fake.ts';
import { emptyFolder } from './transfer/transfer-scene.ts';
import { clientOf, ownRegistry, placeIn, push, slicesOf } from './writing-scene.ts';

const MIB = 1024 * 1024;
const REPOSITORY = 'team/app';
const quiet = () => undefined;

/** A registry over TLS with a login, whose storage is over TLS, too, or plain. */
async function startWithStorage(
  scheme: 'http' | 'https',
  reach: (storage: LabS3Storage) => Promise<RegistryStorage> = async (storage) => storage,
) {
  const authority = issueAuthority();
  const storage = await startS3Storage(scheme === 'https' ? authority : undefined);
  onTestFinished(() => storage.stop());
  const registry = await startRegistry('tls-login', { authority, storage: await reach(storage) });
  onTestFinished(() => registry.stop());
  return { registry, storage };
}

/** An image with a layer that comes to its registry, and is kept there, in several parts. */
async function bigImage() {
  const text = await layerOf([{ path: 'etc/motd', content: 'hello\n' }]);
  const large = await layerOf([{ path: 'random', content: randomBytes(40 * MIB) }], 0);
  return { large, image: imageOf([text, large], {}) };
}

/** Uploads a blob, which no manifest names. */
async function upload(place: Place, bytes: Buffer): Promise<string> {
  const { digest } = blobOf(bytes);
  await uploadBlob(place, { digest, size: bytes.length, open: () => slicesOf(bytes) });
  return digest;
}

/** What clients asked the storage for, sent to it by the registry. */
const redirected = (storage: LabS3Storage, agent: RegExp): readonly StorageRequest[] =>
  storage.asked().filter((one) => one.isPresigned && agent.test(one.agent));

describeWithLab(
  'a registry that keeps images in S3, and redirects to it',
  ['registry', 'engine', 'podman'],
  () => {
    it.each(['https', 'http'] as const)('over %s', async (scheme) => {
      const { registry, storage } = await startWithStorage(scheme);
      const place = placeIn(registry, REPOSITORY);
      const { image, large } = await bigImage();
      const digest = await push(place, image, '1.0');
      await expect(blobExists(place, large.digest)).resolves.toBe(true);
      await expect(blobExists(place, blobOf(randomBytes(9)).digest)).resolves.toBe(false);

      const client = clientOf(registry);
      expect((await collect(client.listRepositories(calm))).flat()).toEqual([REPOSITORY]);
      await expect(client.listTags(REPOSITORY, calm)).resolves.toEqual(['1.0']);
      await expect(inspect(place, '1.0')).resolves.toMatchObject({
        ...{ digest, image: { config: { env: ['PATH=/bin'] } } },
      });
      const files = (await collect(imageFiles(place, { digest }))).flatMap((event) =>
        event.type === 'files' ? event.files.map(({ path }) => path) : [],
      );
      expect(files).toEqual(['etc', 'etc/motd', 'random']);
      const motd = await imageFile(place, { digest }, 'etc/motd');
      expect(motd.text).toBe('hello\n');

      const path = join(emptyFolder(), 'app');
      const tools = await startPodman();
      await expect(save(place, '1.0', { path, format: 'oci' }, quiet)).resolves.toMatchObject({
        digest,
      });
      const seen = await tools.skopeo(['copy', `oci:${path}:1.0`, `dir:${path}-checked`]);
      expect([seen.status, seen.stderr]).toEqual([0, '']);

      const other = placeIn(await ownRegistry('tls-open'), 'mirror/app');
      await expect(copy(place, other, '1.0', { tag: '1' }, quiet)).resolves.toMatchObject({
        digest,
      });
      const back = placeIn(registry, 'back/app');
      await expect(copy(other, back, '1', { tag: '1' }, quiet)).resolves.toMatchObject({ digest });

      const own = redirected(storage, /^regent/);
      expect(own.length).toBeGreaterThan(5);
      expect(new Set(own.map(({ authorization }) => authorization))).toEqual(new Set([null]));
      expect(own.every(({ status }) => status === 200)).toBe(true);
    });

    it.each(['https', 'http'] as const)('is pulled from by Docker, over %s', async (scheme) => {
      const { registry, storage } = await startWithStorage(scheme);
      const { image } = await bigImage();
      await push(placeIn(registry, REPOSITORY), image, '1.0');
      putCertificate('/etc/docker/certs.d', registry);
      const engine = await sharedEngine();
      const env = { DOCKER_CONFIG: emptyFolder() };
      const { address, username, password: input } = registry;
      for (const args of [
        ['login', '-u', username, '--password-stdin', address],
        ['pull', `${address}/${REPOSITORY}:1.0`],
      ]) {
        const { status, stderr } = await engine.docker(args, { env, input });
        expect(status, stderr).toBe(0);
      }
      expect(redirected(storage, /^docker|^Go/).length).toBeGreaterThan(1);
    });

    it('takes blobs in chunks, and forgets those that prove wrong', async () => {
      const { registry, storage } = await startWithStorage('http');
      const bytes = randomBytes(13 * MIB);
      const { digest } = blobOf(bytes);
      const source = { digest, size: bytes.length, open: () => slicesOf(bytes) };
      const other = randomBytes(bytes.length);
      const wrong = { ...source, open: () => slicesOf(other) };
      const place = placeIn(registry, REPOSITORY);
      for (const chunkSize of [3 * MIB, 6 * MIB]) {
        const name = placeIn(registry, `team/chunks-${chunkSize}`);
        await uploadBlob(name, source, undefined, { chunkSize });
        const pieces = await collect(readBlob(name, source));
        expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
      }
      const failing = uploadBlob(place, wrong, undefined, { chunkSize: 3 * MIB });
      await expect(failing).rejects.toHaveProperty('code', 'DIGEST_MISMATCH');
      await expect(blobExists(place, digest)).resolves.toBe(false);
      const forgotten = ({ method, path }: StorageRequest) =>
        method === 'DELETE' && path.includes(`${REPOSITORY}/_uploads`);
      await expect.poll(() => storage.asked().filter(forgotten).at(-1)?.status).toBe(204);
    });

    it('would refuse the registry’s login beside a link that is a proof itself', async () => {
      const { registry, storage } = await startWithStorage('http');
      const digest = await upload(placeIn(registry, REPOSITORY), randomBytes(1000));
      const { headers } = await callRegistry(registry, 'GET', `/v2/${REPOSITORY}/blobs/${digest}`);
      const link = String(headers.location);
      const login = { headers: { authorization: 'Basic YTpi' } };
      expect((await fetch(link)).status).toBe(200);
      expect((await fetch(link, login)).status).toBe(400);
      const seen = { authorization: 'Basic YTpi', status: 400 };
      await expect.poll(() => storage.asked().at(-1)).toMatchObject(seen);
    });

    it('sends the rest of a blob where its storage broke off', async () => {
      let cuts = 0;
      const plan: FaultPlan = () => {
        cuts -= 1;
        return cuts < 0 ? [] : [{ kind: 'cut', at: 5 * MIB }];
      };
      const { registry, storage } = await startWithStorage('http', async (reached) => {
        const upstream = { host: reached.ip, port: reached.port };
        const proxy = await startFaultProxy(upstream, plan, machineHost.ip);
        onTestFinished(() => proxy.stop());
        return reached.behind(`http://${machineHost.name}:${proxy.port}`);
      });
      const place = placeIn(registry, REPOSITORY);
      const bytes = randomBytes(16 * MIB);
      const digest = await upload(place, bytes);
      cuts = 3;
      const pieces = await collect(readBlob(place, { digest, size: bytes.length }));
      expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
      const parts = redirected(storage, /^regent/).filter(({ range }) => range !== null);
      expect(parts.length).toBeGreaterThan(1);
      expect(parts[0]).toMatchObject({ status: 206, authorization: null });
      expect(parts[0]?.range).toMatch(/^bytes=[1-9]\d+-$/);
    });
  },
);
