// A registry in a process of its own, so that it takes no time from who is measured: 10,000 repositories, and one with
// 1,000 tags whose manifests and configs all differ, and one with 100,000 such tags, made when they are asked for. Answers
// from memory. Prints its port.
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

/** Makes what is behind a tag. @param {string} repository @param {string} tag @param {number} index */
const addImage = (repository, tag, index) => {
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
  answers.set(`/v2/${repository}/manifests/${tag}`, { type: manifestType, ...manifest });
  answers.set(`/v2/${repository}/blobs/${config.digest}`, {
    type: 'application/octet-stream',
    ...config,
  });
};
for (let index = 0; index < 1000; index += 1) addImage('team/app', `1.${index}`, index);

const builds = Array.from({ length: 100_000 }, (_, index) => `build-${index}`);
const huge = /^\/v2\/team\/huge\/manifests\/build-(\d+)$/;
answers.set('/v2/team/huge/tags/list?n=1000', {
  type: 'application/json',
  bytes: Buffer.from(JSON.stringify({ name: 'team/huge', tags: builds })),
});

let requests = 0;
let reads = 0;
const server = createServer((request, response) => {
  if (request.url === '/requests') {
    response.end(`${requests} ${reads}`);
    return;
  }
  requests += 1;
  if (request.method !== 'HEAD') reads += 1;
  const url = request.url ?? '';
  const build = Number(huge.exec(url)?.[1] ?? Number.NaN);
  if (build >= 0 && !answers.has(url)) addImage('team/huge', `build-${build}`, build);
  const answer = answers.get(url);
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
