import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { document } from '../../../../main/registry/describe/document.ts';
import { readableJson } from '../../../../main/registry/describe/readable-json.ts';
import { serveContent } from '../../../fakes/images.ts';
import { blobOf } from '../../../lab/image-parts.ts';
import { calm, openClient, openFake } from '../open-fake.ts';

async function open(bytes: Buffer, digest = blobOf(bytes).digest) {
  const fake = await openFake(serveContent('x', { [digest]: { body: bytes } }));
  return document(openClient(fake).at('x', calm), digest);
}
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const statement = { _type: 'https://in-toto.io/Statement/v1', predicate: { packages: ['a'] } };
const envelope = {
  payloadType: 'application/vnd.in-toto+json',
  payload: base64(statement),
  signatures: [{ sig: 'c2ln' }],
};

describe('document', () => {
  it('sets JSON out in lines', async () => {
    const bytes = Buffer.from('{"spdxVersion":"SPDX-2.3","packages":[]}');
    expect(await open(bytes)).toEqual({
      ...{ path: blobOf(bytes).digest, size: bytes.length, truncated: false },
      text: '{\n  "spdxVersion": "SPDX-2.3",\n  "packages": []\n}',
    });
  });

  it('leaves other text as it is, but shows what hides', async () => {
    const { text } = await open(Buffer.from('SPDXVersion: SPDX-2.3\n\tx \u202e\u001b[2J'));
    expect(text).toBe('SPDXVersion: SPDX-2.3\n\tx \\u202e\\u001b[2J');
    expect((await open(Buffer.from('{"a":"\u202e"}'))).text).toBe('{\n  "a": "\\u202e"\n}');
  });

  it('unwraps what envelopes carry, also in bundles', async () => {
    for (const value of [envelope, { mediaType: 'x', dsseEnvelope: envelope }]) {
      const { text } = await open(Buffer.from(JSON.stringify(value)));
      const shown: unknown = JSON.parse(text ?? '');
      const whole = { ...envelope, payload: statement };
      expect(shown).toEqual(value === envelope ? whole : { mediaType: 'x', dsseEnvelope: whole });
    }
  });

  it('shows no binary', async () => {
    expect(await open(Buffer.from([0x1f, 0x8b, 8, 0]))).toMatchObject({ text: null, size: 4 });
    expect((await open(Buffer.from('a\0b'))).text).toBeNull();
    expect((await open(Buffer.alloc(0))).text).toBe('');
  });

  it('shows the beginning of what is long, up to a whole character', async () => {
    const bytes = Buffer.from(`x${'€'.repeat(2_000_000)}`);
    const { text, size, truncated } = await open(bytes);
    expect([size, truncated]).toEqual([6_000_001, true]);
    expect(text).toMatch(/^x€{1398101}$/);
  });

  it('believes nothing that has another digest', async () => {
    const digest = blobOf(Buffer.from('good')).digest;
    await expect(open(Buffer.from('evil'), digest)).rejects.toHaveProperty(
      'code',
      'DIGEST_MISMATCH',
    );
  });

  it('stops at a stream without end', async () => {
    const digest = blobOf(Buffer.from('x')).digest;
    const fake = await openFake(serveContent('x', { [digest]: { fault: 'endless' } }));
    await expect(document(openClient(fake).at('x', calm), digest)).rejects.toHaveProperty(
      'code',
      'RESPONSE_TOO_LARGE',
    );
    await expect(document(openClient(fake).at('x', calm), 'x')).rejects.toHaveProperty(
      'code',
      'REFERENCE_INVALID',
    );
  });
});

describe('readableJson', () => {
  it('changes nothing but the layout of JSON without envelopes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as unknown;
        const text = readableJson(JSON.stringify(value));
        if (typeof json !== 'object' || json === null) expect(text).toBeUndefined();
        else expect(JSON.parse(text ?? '')).toEqual(json);
      }),
    );
  });

  it('leaves alone what would come to too much', () => {
    expect(readableJson('['.repeat(100_000) + ']'.repeat(100_000))).toBeUndefined();
    const deep = `${'['.repeat(60)}${'0,'.repeat(200_000)}0${']'.repeat(60)}`;
    expect(readableJson(deep)).toBeUndefined();
    let nested: unknown = statement;
    for (let depth = 0; depth < 12; depth += 1) {
      nested = { ...envelope, payload: base64(nested), signatures: [] };
    }
    // Only one wrapping is opened: nobody nests them but to do harm.
    expect(readableJson(JSON.stringify(nested))).toContain('"payload": {');
  });
});
