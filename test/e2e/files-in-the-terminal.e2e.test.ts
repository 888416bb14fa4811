import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  blobOf,
  createUser,
  describeWithLab,
  imageOf,
  type LabRegistry,
  type LabS3Storage,
  type Layer,
  layerOf,
  pushImage,
  runOrThrow,
  startRegistry,
  startS3Storage,
} from '../lab/index.ts';
import { documentOf, errorCodeOf, openTerminal, type Terminal } from './terminal.ts';

/** More than one piece in every sense, and nothing that can be packed. */
const large = randomBytes(3_000_000).toString('hex');

/** A layer as zstd packs it, which the oldest Node in question unpacks in a thread of its own. */
async function zstdLayerOf(files: Parameters<typeof layerOf>[0]): Promise<Layer> {
  const { bytes, diffId } = await layerOf(files);
  const path = join('/run/regent-lab', `${diffId.slice('sha256:'.length)}.tar`);
  writeFileSync(path, gunzipSync(bytes));
  await runOrThrow(['zstd', '-q', path, '-o', `${path}.zst`]);
  return { ...blobOf(readFileSync(`${path}.zst`)), diffId };
}

describeWithLab('looking into images in the terminal', ['registry'], () => {
  let storage: LabS3Storage;
  let registry: LabRegistry;
  let terminal: Terminal;
  let trusting: { readonly SSL_CERT_FILE: string };

  beforeAll(async () => {
    storage = await startS3Storage();
    registry = await startRegistry('tls-open', { storage });
    const base = await layerOf([
      { path: 'etc/motd', content: 'hello\n' },
      { path: 'etc/name', linkTo: 'hostname' },
    ]);
    const packed = await zstdLayerOf([{ path: 'data/large', content: large }]);
    const newer = await layerOf([
      { path: 'etc/motd', content: 'hello again\n' },
      { path: 'data/.wh.large', content: '' },
    ]);
    await pushImage(registry, 'team/app', imageOf([base, packed], {}), '1.0');
    await pushImage(registry, 'team/app', imageOf([base, packed, newer], {}), '2.0');
    terminal = await openTerminal(await createUser());
    trusting = { SSL_CERT_FILE: join(terminal.env.HOME ?? '', 'ca.crt') };
    writeFileSync(trusting.SSL_CERT_FILE, registry.caPem);
  });
  afterAll(async () => {
    await registry?.stop();
    await storage?.stop();
  });

  const regent = (...args: readonly string[]) => terminal.regent(args, '', trusting);
  const named = (tag: string) => `${registry.address}/team/app:${tag}`;
  const pathsOf = (stdout: string): readonly unknown[] =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).path);

  it('lists the files of all layers, of one, and those with a name', async () => {
    const all = await regent('files', named('1.0'), '--json');
    expect([all.status, all.stderr]).toEqual([0, '']);
    expect(pathsOf(all.stdout)).toEqual(['data', 'data/large', 'etc', 'etc/motd', 'etc/name']);
    const newer = await regent('files', named('2.0'));
    expect(newer.stdout).toMatch(/^-rw-r--r-- 0\/0 +12 1970-01-01 00:00 etc\/motd$/m);
    expect(newer.stdout).toContain('etc/name -> hostname');
    expect(newer.stdout).not.toContain('large');
    const links = await regent('files', named('2.0'), '--filter', 'NAME', '--json');
    expect(pathsOf(links.stdout)).toEqual(['etc/name']);
  });

  it('prints a file byte for byte, of whatever size', async () => {
    const motd = await regent('cat', named('2.0'), '/etc/motd');
    expect([motd.status, motd.stdout, motd.stderr]).toEqual([0, 'hello again\n', '']);
    expect((await regent('cat', named('1.0'), 'data/large')).stdout).toBe(large);
    const gone = await regent('cat', named('2.0'), 'data/large', '--json');
    expect([gone.status, errorCodeOf(gone)]).toEqual([5, 'IMAGE_FILE_NOT_FOUND']);
    const link = await regent('cat', named('1.0'), 'etc/name', '--json');
    expect(errorCodeOf(link)).toBe('IMAGE_FILE_OTHER');
  });

  it('compares two images', async () => {
    const compared = await regent('diff', named('1.0'), named('2.0'), '--files', '--json');
    expect([compared.status, compared.stderr]).toEqual([0, '']);
    expect(documentOf(compared)).toMatchObject({
      ...{ shared: [{}, {}], onlyLeft: [], onlyRight: [{}], packages: [], unread: [] },
      files: [
        { path: 'data/large', right: null },
        { path: 'etc/motd', left: { size: 6 }, right: { size: 12 } },
      ],
    });
    const printed = await regent('diff', named('1.0'), named('2.0'), '--files');
    expect(printed.stdout).toMatch(/^- data\/large /m);
    expect(printed.stdout).toMatch(/^~ etc\/motd /m);
  });
});
