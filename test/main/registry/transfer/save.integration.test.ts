import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { save } from '../../../../main/registry/transfer/save.ts';
import type { TransferReport } from '../../../../main/registry/transfer/transfer-progress.ts';
import {
  blobOf,
  describeWithLab,
  imageOf,
  layerOf,
  startEngine,
  startPodman,
} from '../../../lab/index.ts';
import { ownRegistry, placeIn, push } from '../writing-scene.ts';
import { emptyFolder, registryWithImages, spoilBlob } from './transfer-scene.ts';

const MIB = 1024 * 1024;
const quiet = () => undefined;
const blobsOf = (folder: string) => readdirSync(join(folder, 'blobs/sha256')).sort();

describeWithLab('saving images from Debian’s registry', ['registry', 'podman', 'engine'], () => {
  it('writes the OCI layout that skopeo writes', async () => {
    const { registry, place, index, amd } = await registryWithImages();
    const folder = emptyFolder();
    const tools = await startPodman();
    const path = join(folder, 'ours');
    const reports: TransferReport[] = [];
    const saved = await save(place, '1.0', { path, format: 'oci' }, (one) => reports.push(one));
    expect(saved).toEqual({ digest: index, upToDate: false });
    expect(reports.at(-1)).toMatchObject({ fraction: 1 });
    expect(readdirSync(folder)).toEqual(['ours']);

    const source = `docker://${registry.address}/team/app:1.0`;
    const theirs = join(folder, 'theirs');
    const copied = await tools.skopeo([
      ...['copy', '--all', '--src-tls-verify=false', source, `oci:${theirs}:1.0`],
    ]);
    expect([copied.status, copied.stderr]).toEqual([0, '']);
    expect(blobsOf(path)).toEqual(blobsOf(theirs));
    const seen = await tools.skopeo(['inspect', '--raw', `oci:${path}:1.0`]);
    expect([seen.status, seen.stderr]).toEqual([0, '']);

    const again = await save(place, '1.0', { path, format: 'oci' }, quiet);
    expect(again).toEqual({ digest: index, upToDate: true });
    const one = join(folder, 'one');
    const platform = 'linux/amd64';
    const { digest } = await save(place, '1.0', { path: one, format: 'oci', platform }, quiet);
    expect(digest).toBe(amd.manifest.digest);
    const inspected = await tools.skopeo(['inspect', `oci:${one}:1.0`]);
    expect(JSON.parse(inspected.stdout)).toMatchObject({ Digest: digest });
  });

  it('writes archives that Docker and podman load', async () => {
    const { registry, place, docker } = await registryWithImages();
    const folder = emptyFolder();
    const tools = await startPodman();
    const engine = await startEngine();
    for (const [tag, format] of [
      ['1.0', 'docker-archive'],
      ['docker', 'docker-archive'],
      ['docker', 'oci'],
    ] as const) {
      const path = join(folder, `${tag}-${format}.tar`);
      const { digest } = await save(place, tag, { path, format }, quiet);
      if (tag === 'docker') expect(digest).toBe(docker);
      const loaded = await tools.podman(['load', '-i', path]);
      expect([loaded.status, loaded.stdout]).toEqual([0, expect.stringContaining('Loaded')]);
      const how = format === 'oci' ? 'oci-archive' : 'docker-archive';
      const seen = await tools.skopeo(['inspect', `${how}:${path}`]);
      expect([seen.status, seen.stderr]).toEqual([0, '']);
      if (format === 'oci') continue;
      const name = `${registry.address}/team/app:${tag}`;
      expect(loaded.stdout).toContain(name);
      const byDocker = await engine.docker(['load', '-i', path]);
      expect([byDocker.status, byDocker.stdout]).toEqual([0, expect.stringContaining(name)]);
    }
    expect(readdirSync(folder)).toHaveLength(3);
    await engine.stop();
  });

  it('unpacks for an archive what older engines can’t', async () => {
    const place = placeIn(await ownRegistry('tls-open'), 'team/zstd');
    const layer = await layerOf([{ path: 'file', content: 'content '.repeat(9000) }]);
    const packed = execFileSync('zstd', ['-q', '-c'], { input: gunzipSync(layer.bytes) });
    const { blobs, manifest, ...image } = imageOf(
      [{ ...blobOf(packed), diffId: layer.diffId }],
      {},
    );
    const text = manifest.bytes.toString().replaceAll('tar+gzip', 'tar+zstd');
    await push(place, { ...image, blobs, manifest: blobOf(Buffer.from(text)) }, '1.0');
    const path = join(emptyFolder(), 'app.tar');
    await save(place, '1.0', { path, format: 'docker-archive' }, quiet);
    const engine = await startEngine();
    const tools = await startPodman();
    for (const loaded of [
      await engine.docker(['load', '-i', path]),
      await tools.podman(['load', '-i', path]),
    ]) {
      expect([loaded.status, loaded.stdout]).toEqual([0, expect.stringContaining('team/zstd:1.0')]);
    }
    await engine.stop();
  });

  it('leaves nothing half-done under the name, and goes on where it was cancelled', async () => {
    const { registry, index, large } = await registryWithImages();
    const folder = emptyFolder();
    const tools = await startPodman();
    for (const [name, left] of [
      ['app', ['.app.partial']],
      ['app.tar', []],
    ] as const) {
      const stop = new AbortController();
      const place = placeIn(registry, 'team/app', stop.signal);
      const order = { path: join(folder, name), format: 'oci' } as const;
      const cancelled = save(place, '1.0', order, ({ done }) => {
        if (done > 8 * MIB) stop.abort();
      });
      await expect(cancelled).rejects.toHaveProperty('code', 'CANCELLED');
      expect(readdirSync(folder).filter((one) => one.includes('partial') || one === name)).toEqual(
        left,
      );
      const reports: TransferReport[] = [];
      const again = placeIn(registry, 'team/app');
      const { digest } = await save(again, '1.0', order, (one) => reports.push(one));
      expect(digest).toBe(index);
      const how = name === 'app' ? 'oci' : 'oci-archive';
      const copied = await tools.skopeo([
        ...['copy', '--all', `${how}:${order.path}:1.0`, `dir:${join(folder, `checked-${name}`)}`],
      ]);
      expect([copied.status, copied.stderr]).toEqual([0, '']);
    }
    const resumed = readFileSync(registry.logPath, 'utf8')
      .split('\n')
      .filter((line) => line.includes(`GET /v2/team/app/blobs/${large.digest}`));
    expect(resumed.some((line) => line.includes(' 206 '))).toBe(true);
  });

  it('refuses a blob that is not what it should be, and keeps none of it', async () => {
    const { registry, place, large, docker } = await registryWithImages();
    const folder = emptyFolder();
    const good = join(folder, 'good');
    await save(place, 'docker', { path: good, format: 'oci' }, quiet);
    spoilBlob(registry, large.digest);
    for (const format of ['oci', 'docker-archive'] as const) {
      for (const name of ['bad', 'bad.tar']) {
        const refused = save(place, 'docker', { path: join(folder, name), format }, quiet);
        await expect(refused).rejects.toHaveProperty('code', 'DIGEST_MISMATCH');
      }
    }
    expect(readdirSync(folder).sort()).toEqual(['.bad.partial', 'good']);
    const kept = blobsOf(join(folder, '.bad.partial'));
    expect(kept.some((name) => name.startsWith(large.digest.slice(7)))).toBe(false);
    // What is there and right is not asked for again.
    const again = await save(place, 'docker', { path: good, format: 'oci' }, quiet);
    expect(again).toEqual({ digest: docker, upToDate: true });
  });

  it('overwrites nothing without being told to', async () => {
    const { place, docker } = await registryWithImages();
    const folder = emptyFolder();
    const file = join(folder, 'app.tar');
    writeFileSync(file, 'mine');
    const order = { path: file, format: 'docker-archive' } as const;
    await expect(save(place, 'docker', order, quiet)).rejects.toMatchObject({
      ...{ code: 'SAVE_PATH_TAKEN', data: { kind: 'file' } },
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    await expect(
      save(place, 'docker', { path: folder, format: 'oci', force: true }, quiet),
    ).rejects.toMatchObject({ code: 'SAVE_PATH_TAKEN', data: { kind: 'folder' } });
    const { digest } = await save(place, 'docker', { ...order, force: true }, quiet);
    expect(digest).toBe(docker);
    expect(readdirSync(folder)).toEqual(['app.tar']);
  });
});
