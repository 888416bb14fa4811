import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { save } from '../../../../main/registry/transfer/save.ts';
import { describeWithLab, runOrThrow, startPodman } from '../../../lab/index.ts';
import { emptyFolder, registryWithImages } from './transfer-scene.ts';

const MIB = 1024 * 1024;
const quiet = () => undefined;

/** A disk of so many MiB, which goes with the test. */
async function smallDisk(size: number) {
  const folder = emptyFolder();
  await runOrThrow(['mount', '-t', 'tmpfs', '-o', `size=${size}m`, 'small-disk', folder]);
  onTestFinished(async () => void (await runOrThrow(['umount', folder])));
  const resize = (to: number) => runOrThrow(['mount', '-o', `remount,size=${to}m`, folder]);
  return { folder, resize };
}

describeWithLab('saving to a disk that is too small', ['registry', 'podman'], () => {
  let scene: Awaited<ReturnType<typeof registryWithImages>>;
  beforeEach(async () => {
    scene = await registryWithImages();
  });

  it.each([
    ['app', 'oci'],
    ['app.tar', 'oci'],
    ['app.tar', 'docker-archive'],
  ] as const)('says so before anything is fetched: %s, %s', async (name, format) => {
    const { folder, resize } = await smallDisk(10);
    const order = { path: join(folder, name), format };
    const platform = 'linux/amd64';
    const fetched: number[] = [];
    await expect(
      save(scene.place, '1.0', { ...order, platform }, ({ done }) => fetched.push(done)),
    ).rejects.toMatchObject({
      ...{ code: 'DISK_FULL', data: { path: order.path, free: expect.any(Number) } },
    });
    expect(Math.max(0, ...fetched)).toBe(0);
    expect(existsSync(order.path)).toBe(false);
    await resize(80);
    const saved = await save(scene.place, '1.0', { ...order, platform }, quiet);
    expect(saved.digest).toBe(scene.amd.manifest.digest);
    expect(readdirSync(folder)).toEqual([name]);
  });

  it.each([
    ['app', 'oci', ['.app.partial']],
    ['app.tar', 'oci-archive', []],
  ] as const)('says so when others fill it meanwhile, and goes on later: %s', async (...how) => {
    const [name, reader, left] = how;
    const { folder } = await smallDisk(60);
    const order = { path: join(folder, name), format: 'oci' } as const;
    const ballast = join(folder, 'ballast');
    const fill = () => {
      if (existsSync(ballast)) return;
      // What fits of it stays there.
      expect(() => writeFileSync(ballast, Buffer.alloc(60 * MIB))).toThrow('ENOSPC');
    };
    const failing = save(scene.place, '1.0', order, ({ done }) => {
      if (done > 8 * MIB) fill();
    });
    await expect(failing).rejects.toMatchObject({
      ...{ code: 'DISK_FULL', data: { path: order.path } },
    });
    expect(readdirSync(folder).sort()).toEqual([...left, 'ballast']);
    rmSync(ballast);
    const { digest } = await save(scene.place, '1.0', order, quiet);
    expect(digest).toBe(scene.index);
    const tools = await startPodman();
    const copied = await tools.skopeo([
      ...['copy', '--all', `${reader}:${order.path}:1.0`, `dir:${join(emptyFolder(), 'checked')}`],
    ]);
    expect([copied.status, copied.stderr]).toEqual([0, '']);
    expect(readdirSync(folder)).toEqual([name]);
  });
});
