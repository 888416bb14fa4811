import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKnownRegistries } from '../../../main/registry/known-registries.ts';
import { createFakeClock } from '../../fakes/clock.ts';

async function openList() {
  const data = await mkdtemp(join(tmpdir(), 'regent-known-'));
  onTestFinished(() => rm(data, { recursive: true }));
  const clock = createFakeClock();
  const open = () => createKnownRegistries({ paths: { data }, clock });
  return { clock, open, file: join(data, 'registries.json') };
}
const nas = { address: 'nas.local:5000', scheme: 'https', demo: false } as const;

describe('the list of known registries', () => {
  it('starts empty, without a file', async () => {
    const { open, file } = await openList();
    await expect(open().list()).resolves.toEqual([]);
    await expect(readFile(file)).rejects.toHaveProperty('code', 'ENOENT');
  });

  it('keeps what was added, in its order, over restarts', async () => {
    const { clock, open } = await openList();
    const added = await open().add(nas);
    expect(added).toEqual({ ...nas, addedAt: '2026-01-02T03:04:05.000Z' });
    clock.advance(1000);
    await open().add({ ...nas, address: 'other' });
    await expect(open().list()).resolves.toMatchObject([
      { address: nas.address },
      { address: 'other' },
    ]);
    await expect(open().find(nas.address)).resolves.toEqual(added);
  });

  it('adds a registry once, and takes its new scheme', async () => {
    const { clock, open } = await openList();
    await open().add(nas);
    clock.advance(1000);
    const again = await open().add({ ...nas, scheme: 'http' });
    expect(again).toMatchObject({ scheme: 'http', addedAt: '2026-01-02T03:04:05.000Z' });
    await expect(open().list()).resolves.toEqual([again]);
  });

  it('loses nothing when two write at once', async () => {
    const { open } = await openList();
    const addresses = Array.from({ length: 10 }, (_, index) => `nas-${index}`);
    await Promise.all(addresses.map((address) => open().add({ ...nas, address })));
    const listed = (await open().list()).map(({ address }) => address);
    expect(listed.sort()).toEqual(addresses);
  });

  it('removes, and says whether there was anything to remove', async () => {
    const { open } = await openList();
    await open().add(nas);
    await expect(open().remove('other')).resolves.toBe(false);
    await expect(open().remove(nas.address)).resolves.toBe(true);
    await expect(open().find(nas.address)).rejects.toMatchObject({
      code: 'REGISTRY_UNKNOWN',
      data: { address: nas.address },
    });
  });

  it('never writes over a file that it cannot read', async () => {
    const { open, file } = await openList();
    await writeFile(file, '{"registries": 7}');
    await expect(open().add(nas)).rejects.toHaveProperty('code', 'STATE_INVALID');
    await expect(readFile(file, 'utf8')).resolves.toBe('{"registries": 7}');
  });
});
