import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uploadBlob } from '../../../../main/registry/blobs/upload-blob.ts';
import { startUploadRegistry, type UploadFault } from '../../../fakes/upload-registry.ts';
import { calm, openClient } from '../open-fake.ts';
import { contentOf, methodsOf, openPlace, sourceOf } from './upload-parts.ts';

describe('an upload', () => {
  const bytes = contentOf(10_000);

  it('goes in one piece, its location’s query kept to the letter', async () => {
    const { registry, place } = await openPlace();
    const progress: number[] = [];
    const source = sourceOf(bytes);
    await expect(uploadBlob(place, source, (sent) => progress.push(sent))).resolves.toBe(
      'uploaded',
    );
    expect(registry.blobs.get(source.digest)).toEqual(bytes);
    expect(methodsOf(registry)).toBe('POST PUT');
    const [, put] = registry.seen;
    const digest = encodeURIComponent(source.digest);
    expect(put?.path).toBe(`/v2/team/app/blobs/uploads/u1?_state=a%2Fb-_~0&digest=${digest}`);
    expect(put?.headers).toMatchObject({
      'content-length': '10000',
      'content-type': 'application/octet-stream',
    });
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect(progress.at(-1)).toBe(10_000);
  });

  it('may be empty', async () => {
    for (const chunkSize of [undefined, 100]) {
      const { registry, place } = await openPlace();
      const source = sourceOf(Buffer.alloc(0));
      await uploadBlob(place, source, undefined, chunkSize === undefined ? {} : { chunkSize });
      expect(registry.blobs.get(source.digest)).toEqual(Buffer.alloc(0));
    }
  });

  it('goes in chunks, no smaller than the registry wants', async () => {
    const { registry, place } = await openPlace({ chunkMinimum: 4000 });
    const source = sourceOf(bytes);
    await uploadBlob(place, source, undefined, { chunkSize: 10 });
    expect(registry.blobs.get(source.digest)).toEqual(bytes);
    const chunks = registry.seen.filter(({ method }) => method === 'PATCH');
    expect(chunks.map(({ headers }) => headers['content-range'])).toEqual([
      '0-3999',
      '4000-7999',
      '8000-9999',
    ]);
  });

  it('can be of one byte', async () => {
    const { registry, place } = await openPlace();
    const source = sourceOf(Buffer.from('x'));
    await uploadBlob(place, source, undefined, { chunkSize: 10 });
    expect(registry.blobs.size).toBe(1);
    expect(methodsOf(registry)).toBe('POST PATCH PUT');
  });

  it('is cut smaller where a proxy lets less through', async () => {
    const large = contentOf(1024 * 1024 + 5);
    const { registry, place } = await openPlace({ limit: 1024 * 1024 });
    const source = sourceOf(large, 64 * 1024);
    await uploadBlob(place, source);
    expect(registry.blobs.get(source.digest)?.equals(large)).toBe(true);
    expect(methodsOf(registry)).toBe('POST PUT DELETE POST PATCH PATCH PATCH PUT');
    expect(registry.open.size).toBe(0);
  });

  it('says when a proxy lets nothing through', async () => {
    const { registry, place } = await openPlace({ limit: 10 });
    await expect(uploadBlob(place, sourceOf(bytes))).rejects.toMatchObject({
      code: 'UPLOAD_TOO_LARGE',
      data: { size: 10_000 },
    });
    expect(registry.open.size).toBe(0);
  });

  it('that breaks goes on in chunks, and a chunk where it broke', async () => {
    const { registry, place } = await openPlace({
      faults: [{ kind: 'cut', after: 3000 }, undefined, { kind: 'cut', after: 500 }],
    });
    const source = sourceOf(bytes);
    await uploadBlob(place, source, undefined, { chunkSize: 4000 });
    expect(registry.blobs.get(source.digest)).toEqual(bytes);
    expect(source.opened).toBe(1);
    const ranges = registry.seen.map(({ headers }) => headers['content-range']).filter(Boolean);
    expect(ranges).toEqual(['0-3999', '3000-3999', '4000-7999', '4500-7999', '8000-9999']);
  });

  it.each<UploadFault['kind']>(['lose', 'range'])(
    'starts over when the registry has lost it: %s',
    async (kind) => {
      const fault = { kind } as UploadFault;
      const { registry, place } = await openPlace({ faults: [undefined, fault] });
      const source = sourceOf(bytes);
      await uploadBlob(place, source, undefined, { chunkSize: 4000 });
      expect(registry.blobs.get(source.digest)).toEqual(bytes);
      expect(registry.open.size).toBe(0);
    },
  );

  it('whose last answer is lost is looked for before it is sent again', async () => {
    for (const chunkSize of [undefined, 10_000]) {
      const { registry, place } = await openPlace({ faults: [{ kind: 'swallow' }] });
      const source = sourceOf(bytes);
      await uploadBlob(place, source, undefined, chunkSize === undefined ? {} : { chunkSize });
      expect(registry.blobs.get(source.digest)).toEqual(bytes);
      const sent = registry.seen.reduce((sum, one) => sum + one.bytes, 0);
      expect(sent).toBeLessThanOrEqual(20_000);
    }
  });

  it('ends after a few tries that get no further, and leaves nothing behind', async () => {
    const faults = Array.from({ length: 50 }, () => ({ kind: 'lose' }) as const);
    for (const chunkSize of [undefined, 4000]) {
      const { registry, place } = await openPlace({ faults });
      const options = chunkSize === undefined ? {} : { chunkSize };
      await expect(uploadBlob(place, sourceOf(bytes), undefined, options)).rejects.toHaveProperty(
        'code',
        'REGISTRY_RESPONSE_INVALID',
      );
      expect(registry.seen.length).toBeLessThan(30);
      expect([registry.open.size, registry.blobs.size]).toEqual([0, 0]);
    }
  });

  it('never runs backwards in what it tells, whatever breaks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.option(
            fc.oneof(
              fc.record({
                kind: fc.constant('cut' as const),
                after: fc.integer({ min: 1, max: 4000 }),
              }),
              fc.record({ kind: fc.constantFrom('lose', 'busy', 'swallow', 'range') }),
            ),
            { nil: undefined },
          ),
          { maxLength: 4 },
        ),
        fc.boolean(),
        fc.option(fc.integer({ min: 700, max: 12_000 }), { nil: undefined }),
        async (faults, forgetsBroken, chunkSize) => {
          const registry = await startUploadRegistry({
            faults: faults as UploadFault[],
            forgetsBroken,
          });
          const client = openClient(registry);
          const source = sourceOf(bytes);
          let [last, calls] = [0, 0];
          const told = (sent: number) => {
            expect(sent).toBeGreaterThan(last);
            last = sent;
            calls += 1;
          };
          const options = chunkSize === undefined ? {} : { chunkSize };
          try {
            const done = await uploadBlob(client.at('team/app', calm), source, told, options).catch(
              () => 'failed',
            );
            if (done === 'uploaded') expect(registry.blobs.has(source.digest)).toBe(true);
            expect(registry.open.size).toBe(0);
            expect(last).toBeLessThanOrEqual(bytes.length);
            expect(calls).toBeGreaterThan(0);
          } finally {
            await client.close();
            await registry.stop();
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
