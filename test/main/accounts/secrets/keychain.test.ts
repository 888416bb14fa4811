import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openKeychain } from '../../../../main/accounts/secrets/keychain.ts';
import { RegentError } from '../../../../shared/errors/index.ts';
import { fakeKeychain } from '../../../fakes/keychain.ts';

const item = { address: 'h:1', name: 'h:1 ada' };

describe('the keychain', () => {
  it('gives back any secret byte for byte, whatever an item can hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 300 }),
          fc.constantFrom('', '\0', 'a\0b', 'regent-parts:1:', '\n', ' '),
        ),
        fc.integer({ min: 1, max: 100 }),
        async (secret, itemLimit) => {
          const { keychain } = fakeKeychain({ itemLimit });
          await keychain.write(item, secret);
          expect(await keychain.read(item)).toBe(secret);
        },
      ),
    );
  });

  it('keeps within what Windows allows in one item', async () => {
    const fake = fakeKeychain({ platform: 'win32' });
    const token = 'ü'.repeat(40_000);
    await fake.keychain.write(item, token);
    expect(await fake.keychain.read(item)).toBe(token);
    for (const text of fake.items.values()) expect(Buffer.byteLength(text)).toBeLessThan(2560);
  });

  it('leaves nothing behind when a big secret is replaced or removed', async () => {
    const fake = fakeKeychain({ itemLimit: 100 });
    await fake.keychain.write(item, 'x'.repeat(1000));
    await fake.keychain.write(item, 'y'.repeat(500));
    expect(await fake.keychain.read(item)).toBe('y'.repeat(500));
    await fake.keychain.write(item, 'short');
    expect([...fake.items]).toEqual([['h:1 ada', 'short']]);
    await fake.keychain.write(item, 'z'.repeat(500));
    expect(await fake.keychain.remove(item)).toBe(true);
    expect(fake.items.size).toBe(0);
  });

  it('has the old or the new secret after a kill at any step of saving', async () => {
    const [before, after] = ['a'.repeat(300), 'b'.repeat(350)];
    for (let step = 1; ; step += 1) {
      const fake = fakeKeychain({ itemLimit: 100 });
      await fake.keychain.write(item, before);
      const start = fake.calls.length;
      fake.before = () => {
        if (fake.calls.length - start >= step) throw new Error('killed');
      };
      const saved = await fake.keychain.write(item, after).then(
        () => true,
        () => false,
      );
      fake.before = () => undefined;
      expect([before, after]).toContain(await fake.keychain.read(item));
      if (saved) break;
    }
  });

  it('says that a secret is damaged rather than give half of it', async () => {
    const fake = fakeKeychain({ itemLimit: 10 });
    await fake.keychain.write(item, 'x'.repeat(100));
    fake.items.delete([...fake.items.keys()].find((name) => name.endsWith(' 3')) ?? '');
    await expect(fake.keychain.read(item)).rejects.toMatchObject({ code: 'KEYCHAIN_FAILED' });
  });

  it('does one thing at a time', async () => {
    const fake = fakeKeychain();
    let busy = 0;
    fake.before = async () => {
      busy += 1;
      expect(busy).toBe(1);
      await new Promise(setImmediate);
      busy -= 1;
    };
    const names = Array.from({ length: 20 }, (_, n) => ({ address: 'h:1', name: `h:1 user${n}` }));
    await Promise.all(names.map((each) => fake.keychain.write(each, each.name)));
    const read = await Promise.all(names.map((each) => fake.keychain.read(each)));
    expect(read).toEqual(names.map(({ name }) => name));
  });

  it.each([
    ['locked', 'KEYCHAIN_LOCKED'],
    ['absent', 'KEYCHAIN_UNAVAILABLE'],
  ] as const)('says when it is %s and a secret is to be saved', async (state, code) => {
    const fake = fakeKeychain();
    fake.state = state;
    await expect(fake.keychain.write(item, 'pw')).rejects.toMatchObject({ code });
  });

  it('keeps the keychain’s own words for what it does not know', async () => {
    const fake = fakeKeychain();
    fake.before = () => {
      throw new Error('The stub received bad data');
    };
    await expect(fake.keychain.read(item)).rejects.toMatchObject({
      code: 'KEYCHAIN_FAILED',
      data: { detail: 'The stub received bad data' },
    });
  });

  it('gives up after its deadline, and serves the next in the queue', async () => {
    const fake = fakeKeychain({ deadlineMs: 20 });
    fake.before = (call) =>
      call === 'get h:1 ada' ? new Promise<void>(() => undefined) : undefined;
    const stuck = fake.keychain.read(item);
    const next = fake.keychain.read({ address: 'h:2', name: 'h:2 ada' });
    await expect(stuck).rejects.toMatchObject({ code: 'KEYCHAIN_SILENT' });
    expect(await next).toBeNull();
  });

  it('says so when the system has no library for it', async () => {
    const keychain = openKeychain({
      loadVault: async () => {
        throw new RegentError('KEYCHAIN_UNAVAILABLE', { detail: 'libsecret-1.so.0' });
      },
    });
    await expect(keychain.read(item)).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      data: { detail: 'libsecret-1.so.0' },
    });
  });
});
