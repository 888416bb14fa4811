import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspect } from '../../../../main/registry/describe/inspect.ts';
import type { Place } from '../../../../main/registry/place.ts';
import { RegentError } from '../../../../shared/errors/index.ts';
import { imageDetailsSchema } from '../../../../shared/model/image-details.ts';
import { describeBlob, jsonBlob } from '../../../fakes/images.ts';
import type { Blob } from '../../../lab/image-parts.ts';
import { calm } from '../open-fake.ts';
import { configOf, created, imageOf, indexOf, layer, oci } from './parts.ts';

type Stored = Readonly<Record<string, { readonly type: string; readonly blob: Blob }>>;

/** A place whose registry answers from memory, so that thousands of them can be asked. */
function placeOf(stored: Stored): Place {
  const origin = new URL('https://r.test/');
  const authorizer = async ({ url }: { readonly url: URL }) => {
    const found = stored[url.pathname.split('/').at(-1) ?? ''];
    const rawHeaders = found ? ['content-type', found.type] : [];
    const body = found?.blob.bytes ?? Buffer.alloc(0);
    const answer = { url, status: found ? 200 : 404, rawHeaders, body };
    return { answer, username: null, proof: 'none', wasChallenged: false };
  };
  const session = { address: 'r.test', origin, clock: { now: () => 0 } };
  return { session, authorizer, repository: 'x', signal: calm } as unknown as Place;
}

const hostileText = fc.oneof(
  fc.string(),
  fc.constantFrom('\u001b[2J', '\u202etxt.exe', '__proto__', 'constructor', '-1', '\0', '\ud800'),
  fc.constantFrom(...Object.values(oci), 'application/vnd.dsse.envelope.v1+json'),
);
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, -1, 1e308, 2 ** 53, [], {}, [[]], { a: {} }),
  fc.jsonValue({ maxDepth: 2 }),
  fc.array(hostileText, { maxLength: 4 }),
  fc.dictionary(hostileText, hostileText, { maxKeys: 4 }),
);

/** Puts something else in the place of any one part of a value, at any depth. */
const spoiled = (json: unknown): fc.Arbitrary<unknown> =>
  fc.tuple(fc.nat(), fc.boolean(), hostileValue).map(([which, removes, value]) => {
    const copy = JSON.parse(JSON.stringify({ root: json })) as Record<string, unknown>;
    const places = placesIn(copy);
    const place = places[which % places.length];
    if (place && removes && Array.isArray(place.of)) place.of.splice(Number(place.name), 1);
    else if (place && removes) delete place.of[place.name];
    else if (place) place.of[place.name] = value;
    return copy.root ?? null;
  });

interface Spot {
  readonly of: Record<string, unknown>;
  readonly name: string;
}

function placesIn(json: unknown): readonly Spot[] {
  if (typeof json !== 'object' || json === null) return [];
  const of = json as Record<string, unknown>;
  return Object.keys(of).flatMap((name) => [{ of, name }, ...placesIn(of[name])]);
}

const config = {
  ...{ os: 'linux', architecture: 'amd64', created, author: 'Ada' },
  config: {
    ...{ User: 'a', Env: ['A=b'], Cmd: ['x'], Labels: { a: 'b' }, ExposedPorts: { '80/tcp': {} } },
    ...{ Volumes: { '/v': {} }, Healthcheck: { Test: ['CMD'] }, Entrypoint: ['y'] },
  },
  history: [
    { created_by: 'A', created },
    { created_by: 'B', empty_layer: true },
  ],
};
const parse = ({ bytes }: Blob) => JSON.parse(bytes.toString()) as unknown;
const plainConfig = configOf(config);
const image = imageOf(plainConfig, [layer(3, 'a', { annotations: { a: 'b' } })], {
  ...{ artifactType: 'a/b', annotations: { c: 'd' } },
  subject: { digest: layer(1, 'b').digest },
});
const index = indexOf(
  [
    describeBlob(oci.manifest, image, { platform: { os: 'linux', architecture: 'amd64' } }),
    describeBlob(oci.manifest, image, {
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    }),
  ],
  { artifactType: 'c/d', annotations: { e: 'f' } },
);
const legacy = {
  schemaVersion: 1,
  fsLayers: [{ blobSum: layer(1, 'c').digest }],
  history: [{ v1Compatibility: JSON.stringify({ ...config, container_config: { Cmd: ['z'] } }) }],
  signatures: [{ protected: 'e30' }],
};
const legacyType = 'application/vnd.docker.distribution.manifest.v1+prettyjws';

/** A result that the contract takes and that is harmless to show, or an error of the closed list. */
async function check(stored: Stored): Promise<void> {
  try {
    const { manifest, ...details } = await inspect(placeOf(stored), 't');
    const taken = imageDetailsSchema.parse({ ...details, manifest });
    expect(manifest).toBe(stored.t?.blob.bytes.toString());
    // Line ends and tabs may stand in values, and nothing else that can't be seen.
    expect(JSON.stringify({ ...taken, manifest: '' })).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.stringify({ ...taken, manifest: '' })).not.toMatch(/(?<!\\)(\\\\)*\\(u00|[bfr])/);
  } catch (error) {
    expect(error).toBeInstanceOf(RegentError);
    expect((error as RegentError).code).toMatch(
      /^(REGISTRY_RESPONSE_INVALID|DIGEST_MISMATCH|TAG_NOT_FOUND|BLOB_NOT_FOUND)$/,
    );
  }
}

const runs = { numRuns: 400 };

describe('inspect of spoiled manifests', () => {
  it('takes any image manifest', async () => {
    await fc.assert(
      fc.asyncProperty(spoiled(parse(image)), async (json) => {
        await check({
          t: { type: oci.manifest, blob: jsonBlob(json) },
          [plainConfig.digest]: { type: '', blob: plainConfig },
        });
      }),
      runs,
    );
  });

  it('takes any config', async () => {
    await fc.assert(
      fc.asyncProperty(spoiled(config), async (json) => {
        const blob = jsonBlob(json);
        const manifest = imageOf(blob, [layer(3, 'a')]);
        await check({
          t: { type: oci.manifest, blob: manifest },
          [blob.digest]: { type: '', blob },
        });
      }),
      runs,
    );
  });

  it('takes any index', async () => {
    await fc.assert(
      fc.asyncProperty(spoiled(parse(index)), async (json) => {
        await check({
          t: { type: oci.index, blob: jsonBlob(json) },
          [image.digest]: { type: oci.manifest, blob: image },
          [plainConfig.digest]: { type: '', blob: plainConfig },
        });
      }),
      runs,
    );
  });

  it('takes any legacy manifest, and anything in the text within it', async () => {
    const inner = spoiled(config).map((json) => ({
      ...legacy,
      history: [{ v1Compatibility: JSON.stringify(json) }],
    }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled(legacy), inner), async (json) => {
        await check({ t: { type: legacyType, blob: jsonBlob(json) } });
      }),
      runs,
    );
  });
});
