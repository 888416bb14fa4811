import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createContentStore } from '../../../../main/registry/cache/content-store.ts';
import { describeUnless, whyNotRoot } from '../../../lab/describe-with-lab.ts';
import { describeWithLab } from '../../../lab/index.ts';
import { run, runOrThrow } from '../../../lab/processes.ts';
import { scratch } from './scratch.ts';

const program = fileURLToPath(new URL('busy-process.ts', import.meta.url));
const ada = { address: 'nas:5000', user: 'ada' };
const blob = (text: string) => {
  const bytes = Buffer.from(text);
  return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
};

describeWithLab('one cache for several processes', [], () => {
  it('they write, read and evict at once, and none ever gets anything wrong', async () => {
    const cache = join(scratch(), 'regent');
    const runs = await Promise.all(
      ['1', '22', '333'].map((seed) =>
        run([process.execPath, '--import', 'tsx', program, cache, seed, '12']),
      ),
    );
    for (const { stdout, stderr } of runs) {
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toMatchObject({ wrong: 0, badLists: 0, hits: expect.any(Number) });
      expect((JSON.parse(stdout) as { hits: number }).hits).toBeGreaterThan(100);
    }
    const folder = join(cache, 'content');
    const names = readdirSync(join(folder, 'blobs', 'sha256'));
    const bytes = names.map((name) => {
      const content = readFileSync(join(folder, 'blobs', 'sha256', name));
      expect(createHash('sha256').update(content).digest('hex')).toBe(name);
      return content.length;
    });
    // Each of the three may write an eighth of the bounds before it looks again.
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(200_000 * 1.5);
    expect(names.length).toBeGreaterThan(20);
    expect(readdirSync(join(folder, 'ingest'))).toEqual([]);
  });
});

describeUnless(whyNotRoot, 'a cache that can not be used', () => {
  const { bytes, digest } = blob('x');
  const keep = async (cache: string) => {
    const store = createContentStore({ cache });
    store.at(ada, 'x').put(digest, bytes);
    await store.settled();
    return { fault: (await store.usage()).fault, got: await store.at(ada, 'x').get(digest, 100) };
  };

  it('is one that belongs to somebody else', async () => {
    const cache = join(scratch(), 'regent');
    mkdirSync(join(cache, 'content'), { recursive: true, mode: 0o700 });
    chownSync(join(cache, 'content'), 65_534, 65_534);
    expect(await keep(cache)).toEqual({ fault: 'foreignOwner', got: undefined });
    expect(readdirSync(join(cache, 'content'))).toEqual([]);
  });

  const mountAt = async (...options: readonly string[]): Promise<string> => {
    const disk = join(scratch(), 'disk');
    mkdirSync(disk);
    await runOrThrow(['mount', '-t', 'tmpfs', ...options, 'cache-test', disk]);
    onTestFinished(async () => {
      await run(['umount', disk]);
    });
    return disk;
  };

  it('is one on a disk that is full; nothing half written is left', async () => {
    const disk = await mountAt('-o', 'size=64k,mode=700');
    const store = createContentStore({ cache: join(disk, 'regent') });
    const place = store.at(ada, 'x');
    place.put(digest, bytes);
    await store.settled();
    const large = blob('y'.repeat(100_000));
    place.put(large.digest, large.bytes);
    await store.settled();
    expect(await place.get(large.digest, 1e6)).toBeUndefined();
    expect((await place.get(digest, 100))?.bytes).toEqual(bytes);
    expect(readdirSync(join(disk, 'regent', 'content', 'ingest'))).toEqual([]);
  });

  it('is one on a disk that became read-only, but what was kept is read', async () => {
    const disk = await mountAt('-o', 'mode=700');
    const cache = join(disk, 'regent');
    expect((await keep(cache)).fault).toBeNull();
    await runOrThrow(['mount', '-o', 'remount,ro', disk]);
    const store = createContentStore({ cache });
    const place = store.at(ada, 'x');
    expect((await place.get(digest, 100))?.bytes).toEqual(bytes);
    const other = blob('other');
    place.put(other.digest, other.bytes);
    await store.settled();
    expect(await place.get(other.digest, 100)).toBeUndefined();
  });
});
