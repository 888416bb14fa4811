import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Shelf, stockShelf } from '../../../main/demo/shelf.ts';

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string }[];
}

describe("the demo's images", () => {
  let shelf: Shelf;
  beforeAll(async () => {
    shelf = await stockShelf();
  });

  it('have the same digests at every start', async () => {
    const tagsOf = (some: Shelf) => [...some].map(([name, { tags }]) => [name, [...tags]]);
    expect(tagsOf(await stockShelf())).toEqual(tagsOf(shelf));
  });

  it('are small enough to be built at each start', () => {
    const blobs = new Map([...shelf.values()].flatMap(({ blobs }) => [...blobs]));
    const total = [...blobs.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(total).toBeGreaterThan(5_000_000);
    expect(total).toBeLessThan(15_000_000);
  });

  it('share layers where they share contents', () => {
    const bases = [...shelf.values()].flatMap(({ manifests, blobs }) =>
      [...manifests.values()]
        .map(({ bytes }) => JSON.parse(bytes.toString()) as Partial<Manifest>)
        .flatMap(({ layers }) => (layers?.[0] ? [blobs.get(layers[0].digest)?.digest] : [])),
    );
    expect(new Set(bases).size).toBe(1);
  });

  it('are valid root file systems: tars that match their diff ids, with the program to run', async () => {
    for (const { manifests, blobs } of shelf.values()) {
      for (const { bytes } of manifests.values()) {
        const manifest = JSON.parse(bytes.toString()) as Partial<Manifest>;
        if (!manifest.layers || !manifest.config) continue;
        const config = JSON.parse(String(blobs.get(manifest.config.digest)?.bytes)) as {
          rootfs: { diff_ids: string[] };
          config: { Cmd: string[] };
        };
        const files: string[] = [];
        for (const [index, { digest }] of manifest.layers.entries()) {
          const tar = gunzipSync(blobs.get(digest)?.bytes ?? '');
          const diffId = `sha256:${createHash('sha256').update(tar).digest('hex')}`;
          expect(diffId).toBe(config.rootfs.diff_ids[index]);
          const entries = extract();
          entries.end(tar);
          for await (const entry of entries) {
            files.push(`/${entry.header.name}`);
            entry.resume();
          }
        }
        expect(files).toContain(config.config.Cmd[0]);
      }
    }
  });
});
