import { describeBlob, jsonBlob, manifestReply } from '../../../fakes/images.ts';
import type { Reply, SeenRequest } from '../../../fakes/registry.ts';
import { type Blob, blobOf, mediaTypes } from '../../../lab/image-parts.ts';
import { calm, openClient, openFake } from '../open-fake.ts';

const { manifest: IMAGE, index: INDEX } = mediaTypes.oci;

const empty = describeBlob('application/vnd.oci.empty.v1+json', blobOf(Buffer.from('{}')));

/** A repository whose tags and manifests change while it is looked at. */
export interface FakeRepository {
  readonly tags: Map<string, string>;
  readonly manifests: Map<string, { readonly mediaType: string; readonly blob: Blob }>;
  /** Stores an image, with a tag or without. */
  image(name: string, tag?: string): string;
  /** Stores an index of images with a tag. */
  index(tag: string, images: readonly string[]): string;
}

/** Serves one, so far as the test does not answer itself. */
export async function openRepository(
  interfere: (request: SeenRequest, repository: FakeRepository) => Reply | undefined,
) {
  const tags = new Map<string, string>();
  const manifests: FakeRepository['manifests'] = new Map();
  const store = (mediaType: string, content: object, tag?: string) => {
    const blob = jsonBlob({ schemaVersion: 2, mediaType, ...content });
    manifests.set(blob.digest, { mediaType, blob });
    if (tag !== undefined) tags.set(tag, blob.digest);
    return blob.digest;
  };
  const repository: FakeRepository = {
    tags,
    manifests,
    image: (name, tag = name) =>
      store(IMAGE, { config: empty, layers: [], annotations: { name } }, tag || undefined),
    index: (tag, images) => {
      const children = images.map((digest) => ({ mediaType: IMAGE, digest, size: 9 }));
      return store(INDEX, { manifests: children, annotations: { tag } }, tag);
    },
  };
  const fake = await openFake((request) => {
    const answer = interfere(request, repository);
    if (answer) return answer;
    if (request.path.endsWith('/tags/list')) return { body: { tags: [...tags.keys()] } };
    const name = request.path.split('/').at(-1) ?? '';
    const found = manifests.get(tags.get(name) ?? name);
    if (!found) return { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } };
    if (request.method !== 'DELETE') return manifestReply(found.mediaType, found.blob);
    manifests.delete(found.blob.digest);
    for (const [tag, digest] of tags) if (digest === found.blob.digest) tags.delete(tag);
    return { status: 202 };
  }, {});
  const client = openClient(fake);
  const asked = (method: string, path = '') =>
    fake.seen.filter((one) => one.method === method && one.path.endsWith(path)).length;
  return { ...repository, asked, clock: client.clock, place: client.at('team/app', calm) };
}
