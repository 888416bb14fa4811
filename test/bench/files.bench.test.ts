import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectFolder } from '../../main/build/project.mjs';
import { createRegistryClient } from '../../main/registry/client.ts';
import { imageFiles } from '../../main/registry/files/image-files.ts';
import {
  blobOf,
  describeWithLab,
  digestOf,
  imageOf,
  type LabRegistry,
  type Layer,
  pushImage,
  startRegistry,
} from '../lab/index.ts';
import { runOrThrow } from '../lab/processes.ts';
import { race, report } from './compare.ts';

const LAYERS = 8;
const FILES = 4_000;
/** Bytes of a file; half of them can't be packed any tighter. */
const SIZE = 32 * 1024;
const REPOSITORY = 'bench/files';
/** What a program may take at the most, in MiB. */
const MEMORY = 200;
/** For how long it may keep everything else waiting at the most, in milliseconds. */
const BLOCK = 50;

describeWithLab('the files of an image of 500 MB, against gunzip and tar', ['registry'], () => {
  let registry: LabRegistry;
  let digest: string;
  let layers: readonly Layer[];
  beforeAll(async () => {
    registry = await startRegistry('plain');
    const made: Layer[] = [];
    for (let at = 0; at < LAYERS; at += 1) made.push(await bigLayer(at));
    layers = made;
    const image = imageOf(layers, {});
    digest = image.manifest.digest;
    await pushImage(registry, REPOSITORY, image, '1');
  });
  afterAll(() => registry?.stop());

  it('are listed while they arrive', async () => {
    const { address, scheme } = registry;
    const trust = { ca: [] };
    const client = createRegistryClient({ address, scheme, trust, credentials: async () => null });
    const place = client.at(REPOSITORY, new AbortController().signal);
    const ours = async () => {
      let count = 0;
      for await (const event of imageFiles(place, { digest })) {
        if (event.type === 'files') count += event.files.length;
      }
      expect(count).toBe(LAYERS * (FILES + 1));
    };
    const urls = layers.map((layer) => `http://${address}/v2/${REPOSITORY}/blobs/${layer.digest}`);
    const theirs = async () => {
      // As many at a time as we read.
      const script = 'xargs -P 3 -I {} sh -c "curl -sf {} | gunzip | tar -t" | wc -l';
      const listed = await runOrThrow(['sh', '-c', script], { input: urls.join('\n') });
      expect(Number(listed)).toBe(LAYERS * (FILES + 1));
    };
    const times = await race(3, ours, theirs);
    await client.close();
    const stored = layers.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const megabytes = Math.round(stored / 1e6);
    const name = `files of an image of ${megabytes} MB`;
    report({ name, ...times, unit: 'ms', budget: { atMost: 1 } });

    // What it takes, and for how long it keeps everything else waiting, is seen in a process that does nothing else.
    const script = fileURLToPath(new URL('list-files.ts', import.meta.url));
    const argv = [process.execPath, '--import', 'tsx', script, address, REPOSITORY, digest];
    const { longest, rss } = JSON.parse(await runOrThrow(argv, { cwd: projectFolder }));
    const budget = { atMost: 1 };
    report({ name: 'its longest block', ours: longest, peer: BLOCK, unit: 'ms', budget });
    report({ name: 'its memory, all in all', ours: rss, peer: MEMORY, unit: 'MiB', budget });
  });
});

async function bigLayer(number: number): Promise<Layer> {
  const pack = tar.pack();
  const pieces: Buffer[] = [];
  const packed = (async () => {
    for await (const piece of pack) pieces.push(piece as Buffer);
  })();
  const text = Buffer.from('All work and no play makes Jack a dull boy. '.repeat(1000)).subarray(
    0,
    SIZE / 2,
  );
  pack.entry({ name: `layer-${number}/`, type: 'directory' });
  for (let at = 0; at < FILES; at += 1) {
    const content = Buffer.concat([randomBytes(SIZE / 2), text]);
    await new Promise((done) => pack.entry({ name: `layer-${number}/file-${at}` }, content, done));
  }
  pack.finalize();
  await packed;
  const plain = Buffer.concat(pieces);
  return { ...blobOf(gzipSync(plain, { level: 1 })), diffId: digestOf(plain) };
}
