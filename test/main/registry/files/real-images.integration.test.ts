import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createRegistryClient } from '../../../../main/registry/client.ts';
import {
  comparePlaced,
  comparePlacedFiles,
} from '../../../../main/registry/files/compared-images.ts';
import { imageFile } from '../../../../main/registry/files/image-file.ts';
import { imageFileBytes } from '../../../../main/registry/files/image-file-bytes.ts';
import { imageFiles } from '../../../../main/registry/files/image-files.ts';
import type { LayerFile } from '../../../../shared/model/layer-file.ts';
import {
  describeWithLab,
  type LabPodman,
  putCertificate,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  startPodman,
} from '../../../lab/index.ts';
import { runOrThrow } from '../../../lab/processes.ts';
import { calm, collect } from '../open-fake.ts';
import { file, tarOf } from './archives.ts';

const REPOSITORY = 'lab/files';

const LONG = 'n'.repeat(120);

/** Files that come, change, change places and go. */
const dockerfile = (base: string) => `
FROM ${base}
RUN busybox mkdir -p /d/e /keep /swap && echo one > /d/a && echo two > /d/e/f && echo x > /swap/x && \\
    busybox ln /d/a /d/same && busybox ln -s ../d/a /keep/link && echo kept > /keep/k && \\
    busybox chmod 4750 /d/e/f && busybox chown 1234:70000 /keep/k && busybox mkfifo /keep/pipe && \\
    busybox head -c 2000000 /dev/urandom > /keep/random
RUN busybox rm -r /d && busybox mkdir /d && echo new > /d/n && busybox rm /hello.txt
RUN busybox rm -r /swap && echo file > /swap && echo more >> /keep/k
RUN busybox mkdir /${LONG} && echo x > /${LONG}/żółć-한국어
`;

describeWithLab('the files of real images', ['podman', 'registry', 'busybox'], () => {
  let tools: LabPodman;
  let registry: SharedRegistry;
  let context: string;
  const insecure = '--tls-verify=false';
  const must = async (running: ReturnType<LabPodman['podman']>) => {
    const done = await running;
    expect(done, done.stderr).toMatchObject({ status: 0 });
    return done.stdout;
  };

  beforeAll(async () => {
    tools = await startPodman();
    registry = await sharedRegistry('plain');
    context = mkdtempSync(join(tmpdir(), 'context-'));
    writeFileSync(join(context, 'Dockerfile'), dockerfile(`${registry.address}/team/hello:1.0`));
  });
  afterAll(() => tools.stop());

  function place() {
    const { address, scheme } = registry;
    const trust = { ca: [] };
    const client = createRegistryClient({ address, scheme, trust, credentials: async () => null });
    onTestFinished(() => client.close());
    return client.at(REPOSITORY, calm);
  }
  const digestOf = async (tag: string): Promise<string> =>
    (
      await must(
        tools.skopeo([
          'inspect',
          insecure,
          '--format',
          '{{.Digest}}',
          `docker://${registry.address}/${REPOSITORY}:${tag}`,
        ]),
      )
    ).trim();
  const list = async (digest: string, layer?: string) =>
    (await collect(imageFiles(place(), { digest, layer }))).flatMap((event) =>
      event.type === 'files' ? event.files : [],
    );

  /** What `find` sees in the image that podman has mounted, a line a file. */
  async function listByPodman(image: string): Promise<readonly string[]> {
    const root = (await must(tools.podman(['image', 'mount', image]))).trim();
    const format = '%y %m %U:%G %s %P %l\\n';
    const found = await runOrThrow(['find', root, '-mindepth', '1', '-printf', format]);
    await must(tools.podman(['image', 'umount', image]));
    return found.trimEnd().split('\n').map(comparable).sort();
  }

  for (const [name, build, push] of [
    ['OCI, gzip', ['--format', 'oci'], ['--compression-format', 'gzip']],
    ['OCI, zstd', ['--format', 'oci'], ['--compression-format', 'zstd']],
    ['OCI, zstd:chunked', ['--format', 'oci'], ['--compression-format', 'zstd:chunked']],
    ['Docker schema 2', ['--format', 'docker'], []],
  ] as const) {
    it(`are what podman mounts: ${name}`, async () => {
      const tag = name.toLowerCase().replace(/\W+/g, '-');
      const image = `${registry.address}/${REPOSITORY}:${tag}`;
      await must(tools.podman(['build', insecure, '--layers', ...build, '-t', image, context]));
      await must(tools.podman(['push', insecure, ...push, image]));
      const digest = await digestOf(tag);
      const files = await list(digest);
      expect(linesOf(files)).toEqual(await listByPodman(image));
      const read = (path: string) => imageFile(place(), { digest }, path);
      await expect(read('keep/k')).resolves.toMatchObject({ text: 'kept\nmore\n', size: 10 });
      await expect(read('keep/link')).rejects.toMatchObject({
        code: 'IMAGE_FILE_OTHER',
        data: { kind: 'link', target: '../d/a' },
      });
      await expect(read('d/a')).rejects.toHaveProperty('code', 'IMAGE_FILE_NOT_FOUND');
      const random = Buffer.concat(
        await collect(imageFileBytes(place(), { digest }, '/keep/random')),
      );
      expect(random).toHaveLength(2_000_000);
      await expect(read('keep/random')).resolves.toMatchObject({ text: null, truncated: true });
      const layer = files.find(({ path }) => path === 'd/n')?.layer;
      const own = await list(digest, layer);
      expect(own.some(({ kind, path }) => kind === 'removed' && path === 'hello.txt')).toBe(true);
    }, 180_000);
  }

  it('differ where a layer made them differ', async () => {
    const tag = 'next';
    const from = `${registry.address}/${REPOSITORY}:oci-gzip`;
    const image = `${registry.address}/${REPOSITORY}:${tag}`;
    const lines = [
      `FROM ${from}`,
      'RUN echo else > /keep/k && busybox rm /d/n && echo 1 > /added',
      'ENV NEW=1',
    ];
    writeFileSync(join(context, 'Next'), lines.join('\n'));
    await must(tools.podman(['build', insecure, '-t', image, '-f', 'Next', context]));
    await must(tools.podman(['push', insecure, image]));
    const left = { place: place(), reference: 'oci-gzip' };
    const right = { place: place(), reference: tag };
    const { shared, onlyLeft, onlyRight, toFetch, config } = await comparePlaced(left, right);
    expect([shared.length, onlyLeft.length, onlyRight.length]).toEqual([6, 0, 1]);
    expect(toFetch).toBeLessThan(5000);
    expect(config).toContainEqual({ name: 'env NEW', left: null, right: '1' });
    const events = await collect(comparePlacedFiles(left, right));
    const changes = events.flatMap((event) => (event.type === 'files' ? event.files : []));
    expect(
      changes.map(({ path, left: a, right: b }) => `${a ? (b ? '~' : '-') : '+'} ${path}`),
    ).toEqual(['+ added', '- d/n', '~ keep/k']);
  }, 180_000);
});

describeWithLab(
  'the files of an image that docker built',
  ['engine', 'registry', 'busybox'],
  () => {
    it('are what docker exports', async () => {
      const engine = await sharedEngine();
      const registry = await sharedRegistry('tls-open');
      putCertificate('/etc/docker/certs.d', registry);
      const docker = async (...args: readonly string[]) => {
        const done = await engine.docker(args, { env: { DOCKER_BUILDKIT: '0' } });
        expect(done, done.stderr).toMatchObject({ status: 0 });
        return done.stdout.trim();
      };
      const image = `${registry.address}/${REPOSITORY}:docker`;
      const context = mkdtempSync(join(tmpdir(), 'context-'));
      const lines = [
        `FROM ${registry.address}/team/hello:1.0`,
        'COPY Dockerfile /d/one/',
        'ADD tree.tar /',
      ];
      writeFileSync(join(context, 'Dockerfile'), lines.join('\n'));
      const tree = await tarOf([
        { name: 'd/one', type: 'symlink', linkname: '/elsewhere' },
        { name: 'd/two/', type: 'directory', mode: 0o1777 },
        file('d/two/x', 'xyz', { mode: 0o600, uid: 7 }),
      ]);
      writeFileSync(join(context, 'tree.tar'), tree);
      await docker('build', '-t', image, context);
      await docker('push', image);
      const container = await docker('create', image);
      onTestFinished(() => void engine.docker(['rm', container]));
      const exported = join(context, 'exported.tar');
      await docker('export', '-o', exported, container);
      const listed = (await runOrThrow(['tar', '-tf', exported])).trimEnd().split('\n');

      const { address, scheme, caPem } = registry;
      const trust = { ca: [caPem] };
      const client = createRegistryClient({
        address,
        scheme,
        trust,
        credentials: async () => null,
      });
      onTestFinished(() => client.close());
      const place = client.at(REPOSITORY, calm);
      const { digest } = await client.describeTag(REPOSITORY, 'docker', calm);
      const files = (await collect(imageFiles(place, { digest }))).flatMap((event) =>
        event.type === 'files' ? event.files : [],
      );
      // What docker itself puts into every container.
      const isOwn = (path: string) => /^(dev|etc|proc|sys|\.dockerenv)(\/|$)/.test(path);
      const theirs = listed.map((path) => path.replace(/\/$/, '')).filter((path) => !isOwn(path));
      expect(files.map(({ path }) => path).sort()).toEqual(theirs.sort());
    }, 120_000);
  },
);

const letters = { file: 'f', folder: 'd', link: 'l', 'hard-link': 'f', device: 'p', removed: 'x' };
function linesOf(files: readonly LayerFile[]): readonly string[] {
  const byPath = new Map(files.map((one) => [one.path, one]));
  return files
    .map(({ kind, mode, uid, gid, size, path, target }) => {
      const bytes = kind === 'hard-link' ? (byPath.get(target ?? '')?.size ?? -1) : size;
      const text = kind === 'link' ? (target ?? '') : '';
      const line = `${letters[kind]} ${mode.toString(8)} ${uid}:${gid} ${kind === 'link' ? text.length : bytes} ${path} ${text}`;
      return comparable(line);
    })
    .sort();
}

/** Sizes of folders are their file system's, and no file system keeps the mode of a link. */
function comparable(line: string): string {
  return line
    .replace(/^d (\S+) (\S+) \d+/, 'd $1 $2')
    .replace(/^l \d+/, 'l')
    .trimEnd();
}
