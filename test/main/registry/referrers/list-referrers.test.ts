import { describe, expect, it } from 'vitest';
import { listReferrers } from '../../../../main/registry/referrers/list-referrers.ts';
import { describeBlob, jsonBlob, manifestReply } from '../../../fakes/images.ts';
import type { Reply } from '../../../fakes/registry.ts';
import { blobOf, mediaTypes } from '../../../lab/image-parts.ts';
import { calm, openClient, openFake } from '../open-fake.ts';

const { index: INDEX, manifest: IMAGE } = mediaTypes.oci;
const COSIGN = 'application/vnd.dev.cosign.simplesigning.v1+json';

const empty = describeBlob('application/vnd.oci.empty.v1+json', blobOf(Buffer.from('{}')));
const subject = jsonBlob({ schemaVersion: 2, mediaType: IMAGE, config: empty, layers: [] });

/** A manifest about the subject, of that type, with one layer. */
function about(artifactType: string, layerType: string, name: string) {
  const layer = describeBlob(layerType, blobOf(Buffer.from(name)));
  return jsonBlob({
    ...{ schemaVersion: 2, mediaType: IMAGE, artifactType, config: empty, layers: [layer] },
    subject: describeBlob(IMAGE, subject),
    annotations: { name },
  });
}

const sbom = about('application/spdx+json', 'application/spdx+json', 'sbom');
const signature = about('application/vnd.cncf.notary.signature', 'application/jose+json', 'sig');

const listOf = (...manifests: readonly (typeof sbom)[]) => ({
  ...{ schemaVersion: 2, mediaType: INDEX },
  manifests: manifests.map((one) => describeBlob(IMAGE, one)),
});

/** A registry with these manifests, by tag or digest; `api` is what it answers to the list of referrers. */
async function open(
  manifests: Readonly<Record<string, typeof sbom>>,
  api: (query: URLSearchParams) => Reply,
) {
  const all = new Map(Object.entries(manifests));
  for (const one of [subject, sbom, signature]) all.set(one.digest, one);
  const fake = await openFake(({ path, query }) => {
    if (path.includes('/referrers/')) return api(query);
    const found = all.get(path.split('/').at(-1) ?? '');
    if (!found) return { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } };
    const { mediaType } = JSON.parse(found.bytes.toString());
    return manifestReply(mediaType, found);
  }, {});
  return { fake, place: openClient(fake).at('team/app', calm) };
}

const headers = { 'content-type': INDEX };
const hex = subject.digest.slice('sha256:'.length);

describe('what is about an image', () => {
  it('is listed by the registry, page by page', async () => {
    const { place } = await open({}, (query) =>
      query.has('next')
        ? { headers, body: listOf(signature, sbom) }
        : {
            headers: { ...headers, link: '<http://elsewhere/v2/x?next=1>; rel="next"' },
            body: listOf(sbom),
          },
    );
    const found = await listReferrers(place, subject.digest);
    expect(found).toMatchObject([
      {
        ...{ digest: sbom.digest, kind: 'sbom', type: 'application/spdx+json' },
        ...{ foundBy: 'referrers', platform: null, annotations: [['name', 'sbom']] },
        documents: [{ mediaType: 'application/spdx+json', size: 4 }],
      },
      { digest: signature.digest, kind: 'signature', foundBy: 'referrers' },
    ]);
  });

  it.each<Reply>([
    { status: 404, body: '404 page not found' },
    { status: 400 },
    { status: 406 },
    { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } },
    { status: 200, body: {} },
    { status: 200, body: 'no json', headers },
    { status: 200, body: { manifests: 'none' }, headers },
  ])('is found by the fallback tag where the registry answers %j', async (answer) => {
    const list = jsonBlob(listOf(sbom));
    const { place } = await open({ [`sha256-${hex}`]: list }, () => answer);
    await expect(listReferrers(place, subject.digest)).resolves.toMatchObject([
      { digest: sbom.digest, kind: 'sbom', foundBy: 'fallback-tag' },
    ]);
  });

  it('is none where a list is empty, or something else has the tag', async () => {
    const { place } = await open({ [`sha256-${hex}`]: sbom }, () => ({ status: 404 }));
    await expect(listReferrers(place, subject.digest)).resolves.toEqual([]);
    const other = await open({}, () => ({ headers, body: listOf() }));
    await expect(listReferrers(other.place, subject.digest)).resolves.toEqual([]);
  });

  it('is found by cosign’s tags', async () => {
    const layers = [describeBlob(COSIGN, blobOf(Buffer.from('signed')))];
    const signed = jsonBlob({ schemaVersion: 2, mediaType: IMAGE, config: empty, layers });
    const { place } = await open({ [`sha256-${hex}.sig`]: signed }, () => ({ status: 404 }));
    await expect(listReferrers(place, subject.digest)).resolves.toMatchObject([
      { digest: signed.digest, kind: 'signature', foundBy: 'cosign-tag' },
    ]);
  });

  it('is found in the index where BuildKit files it, with its platform', async () => {
    const layer = describeBlob('application/vnd.in-toto+json', blobOf(Buffer.from('{}')), {
      annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2' },
    });
    const proof = jsonBlob({ schemaVersion: 2, mediaType: IMAGE, config: empty, layers: [layer] });
    const index = jsonBlob({
      ...{ schemaVersion: 2, mediaType: INDEX },
      manifests: [
        describeBlob(IMAGE, subject, { platform: { os: 'linux', architecture: 'arm64' } }),
        describeBlob(IMAGE, proof, {
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: {
            'vnd.docker.reference.type': 'attestation-manifest',
            'vnd.docker.reference.digest': subject.digest,
          },
        }),
      ],
    });
    const { place } = await open({ [index.digest]: index, [proof.digest]: proof }, () => ({
      status: 404,
    }));
    await expect(listReferrers(place, index.digest)).resolves.toMatchObject([
      {
        ...{ digest: proof.digest, kind: 'provenance', foundBy: 'index' },
        ...{ platform: 'linux/arm64', type: 'https://slsa.dev/provenance/v0.2' },
      },
    ]);
  });

  it('is told by its descriptor where the registry has lost it', async () => {
    const lost = jsonBlob({ lost: true });
    const { place } = await open({}, () => ({ headers, body: listOf(lost) }));
    await expect(listReferrers(place, subject.digest)).resolves.toMatchObject([
      { digest: lost.digest, size: lost.bytes.length, documents: [] },
    ]);
  });

  it('is not believed without bounds', async () => {
    let pages = 0;
    const { place } = await open({}, () => {
      pages += 1;
      const manifests = Array.from({ length: 400 }, (_, at) => ({
        ...describeBlob(IMAGE, jsonBlob({ pages, at })),
      }));
      const link = `<?next=${pages}>; rel="next"`;
      return { headers: { ...headers, link }, body: { manifests } };
    });
    expect(await listReferrers(place, subject.digest)).toHaveLength(1000);
    expect(pages).toBeLessThan(6);
  });

  it('can be refused', async () => {
    const { place } = await open({}, () => ({ status: 403 }));
    await expect(listReferrers(place, subject.digest)).rejects.toHaveProperty(
      'code',
      'ACCESS_DENIED',
    );
    await expect(listReferrers(place, 'latest')).rejects.toHaveProperty(
      'code',
      'REFERENCE_INVALID',
    );
  });
});
