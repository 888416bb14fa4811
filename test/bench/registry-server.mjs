// A registry in a process of its own, so that it takes no time from who is measured: 10,000 repositories, and one with
// 1,000 tags whose manifests and configs all differ. Answers from memory. Prints its port.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/** @param {object} value */
const blobOf = (value) => {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
};

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.oci.image.config.v1+json';

/** @type {Map<string, { type: string, bytes: Buffer, link?: string, digest?: string }>} */
const answers = new Map([['/v2/', { type: 'application/json', bytes: Buffer.from('{}') }]]);

// Sorted, as registries send them.
const repositories = Array.from(
  { length: 10_000 },
  (_, i) => `team-${i % 40}/service/app-${i}`,
).sort();
for (let page = 0; page < 10; page += 1) {
  const names = repositories.slice(page * 1000, (page + 1) * 1000);
  const last = page === 0 ? '' : `&last=${encodeURIComponent(repositories[page * 1000 - 1] ?? '')}`;
  const next = encodeURIComponent(names.at(-1) ?? '');
  answers.set(`/v2/_catalog?n=1000${last}`, {
    type: 'application/json',
    bytes: Buffer.from(JSON.stringify({ repositories: names })),
    ...(page < 9 && { link: `</v2/_catalog?n=1000&last=${next}>; rel="next"` }),
  });
}

const tags = Array.from({ length: 1000 }, (_, i) => `1.${i}`);
for (const [index, tag] of tags.entries()) {
  const created = new Date(1_700_000_000_000 + index * 60_000).toISOString();
  const config = blobOf({
    ...{ created, os: 'linux', architecture: 'amd64', config: { Env: [`TAG=${tag}`] } },
    rootfs: { type: 'layers', diff_ids: [blobOf({ index }).digest] },
  });
  const manifest = blobOf({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: configType, digest: config.digest, size: config.bytes.length },
    layers: Array.from({ length: 8 }, (_, layer) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest: blobOf({ index, layer }).digest,
      size: 1_000_000 + index,
    })),
  });
  answers.set(`/v2/team/app/manifests/${tag}`, { type: manifestType, ...manifest });
  answers.set(`/v2/team/app/blobs/${config.digest}`, {
    type: 'application/octet-stream',
    ...config,
  });
}

let requests = 0;
let reads = 0;
const server = createServer((request, response) => {
  if (request.url === '/requests') {
    response.end(`${requests} ${reads}`);
    return;
  }
  requests += 1;
  if (request.method !== 'HEAD') reads += 1;
  const answer = answers.get(request.url ?? '');
  if (answer === undefined) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[]}');
    return;
  }
  const { type, bytes, link, digest } = answer;
  response.setHeader('docker-distribution-api-version', 'registry/2.0');
  response.setHeader('content-type', type);
  response.setHeader('content-length', bytes.length);
  if (digest !== undefined) response.setHeader('docker-content-digest', digest);
  if (link !== undefined) response.setHeader('link', link);
  response.end(bytes);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : '');
});
