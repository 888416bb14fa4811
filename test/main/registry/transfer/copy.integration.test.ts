import { expect, it } from 'vitest';
import { uploadBlob } from '../../../../main/registry/blobs/upload-blob.ts';
import { putManifest } from '../../../../main/registry/manifests/put-manifest.ts';
import { listReferrers } from '../../../../main/registry/referrers/list-referrers.ts';
import { fallbackTag } from '../../../../main/registry/referrers/tags-beside.ts';
import { copy } from '../../../../main/registry/transfer/copy.ts';
import type { TransferReport } from '../../../../main/registry/transfer/transfer-progress.ts';
import { blobOf, describeWithLab, mediaTypes, startPodman } from '../../../lab/index.ts';
import { ownRegistry, placeIn, slicesOf, unfinishedBytes } from '../writing-scene.ts';
import { registryWithImages, spoilBlob } from './transfer-scene.ts';

const quiet = () => undefined;
const states = ({ layers }: TransferReport) => new Set(layers.map(({ state }) => state));

describeWithLab('copying between registries', ['registry', 'podman'], () => {
  it('copies a whole index, byte for byte, as skopeo sees it', async () => {
    const { place, index } = await registryWithImages();
    const other = await ownRegistry('tls-login');
    const to = placeIn(other, 'mirror/app');
    const reports: TransferReport[] = [];
    const copied = await copy(place, to, '1.0', { tag: '2.0' }, (one) => reports.push(one));
    expect(copied).toEqual({ digest: index, upToDate: false, referrers: 0 });
    expect(reports.some((one) => states(one).has('uploading'))).toBe(true);
    expect([...states(reports.at(-1) as TransferReport)]).toEqual(['done']);
    const tools = await startPodman();
    const seen = await tools.skopeo([
      ...[
        'copy',
        '--all',
        '--src-tls-verify=false',
        `--src-creds=${other.username}:${other.password}`,
      ],
      ...[`docker://${other.address}/mirror/app:2.0`, 'dir:/run/regent-lab/copied-index'],
    ]);
    expect([seen.status, seen.stderr]).toEqual([0, '']);
    expect(unfinishedBytes(other, 'mirror/app')).toBe(0);
    const again = await copy(place, to, '1.0', { tag: '2.0' }, quiet);
    expect(again).toEqual({ digest: index, upToDate: true, referrers: 0 });
  });

  it('mounts within one registry, and takes one platform', async () => {
    const { registry, place, index, amd } = await registryWithImages();
    const to = placeIn(registry, 'prod/app');
    const reports: TransferReport[] = [];
    await copy(place, to, '1.0', { tag: '1.0' }, (one) => reports.push(one));
    expect([...states(reports.at(-1) as TransferReport)]).toEqual(['mounted']);
    expect(reports.at(-1)).toMatchObject({ done: 0, total: 0 });
    const platform = 'linux/amd64';
    const one = await copy(place, to, '1.0', { tag: 'amd', platform }, quiet);
    expect(one.digest).toBe(amd.manifest.digest);
    const same = await copy(place, place, index, { tag: 'again' }, quiet);
    expect(same.digest).toBe(index);
    await expect(
      copy(place, to, '1.0', { tag: null, platform: 'linux/s390x' }, quiet),
    ).rejects.toHaveProperty('code', 'PLATFORM_NOT_FOUND');
  });

  it('takes referrers along where that is wanted', async () => {
    const { place, amd, docker } = await registryWithImages();
    const [config, sbom] = [blobOf(Buffer.from('{}')), blobOf(Buffer.from('{"spdx":1}'))];
    for (const { bytes, digest } of [config, sbom]) {
      await uploadBlob(place, { digest, size: bytes.length, open: () => slicesOf(bytes) });
    }
    const about = (digest: string, size: number) => ({
      ...{ schemaVersion: 2, mediaType: mediaTypes.oci.manifest, artifactType: 'text/spdx' },
      config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: config.digest, size: 2 },
      layers: [{ mediaType: 'text/spdx', digest: sbom.digest, size: sbom.bytes.length }],
      subject: { mediaType: mediaTypes.docker.manifest, digest, size },
    });
    const bytes = Buffer.from(JSON.stringify(about(docker, 1)));
    const { mediaType } = amd;
    const { digest } = await putManifest(place, blobOf(bytes).digest, { mediaType, bytes });
    const list = blobOf(
      Buffer.from(
        JSON.stringify({
          ...{ schemaVersion: 2, mediaType: mediaTypes.oci.index },
          manifests: [{ mediaType, digest, size: bytes.length, artifactType: 'text/spdx' }],
        }),
      ),
    );
    await putManifest(place, fallbackTag(docker), {
      ...{ mediaType: mediaTypes.oci.index, bytes: list.bytes },
    });
    const other = await ownRegistry('tls-open');
    const to = placeIn(other, 'mirror/app');
    const copied = await copy(place, to, 'docker', { tag: 'docker', referrers: true }, quiet);
    expect(copied).toEqual({ digest: docker, upToDate: false, referrers: 1 });
    const found = await listReferrers(to, docker);
    expect(found.map((one) => one.digest)).toEqual([digest]);
    await expect(
      copy(place, to, 'docker', { tag: 'docker', referrers: true }, quiet),
    ).resolves.toHaveProperty('digest', docker);
    expect(await listReferrers(to, docker)).toHaveLength(1);
  });

  it('stores nothing of an image with a wrong blob, and stops when told to', async () => {
    const { registry, large, place } = await registryWithImages();
    const other = await ownRegistry('tls-open');
    const stop = new AbortController();
    const cancelled = copy(
      ...([placeIn(registry, 'team/app', stop.signal), placeIn(other, 'a', stop.signal)] as const),
      ...(['docker', { tag: 'x' }] as const),
      ({ done }) => {
        if (done > 4_000_000) stop.abort();
      },
    );
    await expect(cancelled).rejects.toHaveProperty('code', 'CANCELLED');
    spoilBlob(registry, large.digest);
    const to = placeIn(other, 'mirror/app');
    await expect(copy(place, to, 'docker', { tag: 'x' }, quiet)).rejects.toHaveProperty(
      ...(['code', 'DIGEST_MISMATCH'] as const),
    );
    const tools = await startPodman();
    const tags = await tools.skopeo([
      ...['list-tags', '--tls-verify=false', `docker://${other.address}/mirror/app`],
    ]);
    expect(tags.stdout).not.toContain('"x"');
  });
});
