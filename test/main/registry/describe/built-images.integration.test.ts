import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createRegistryClient } from '../../../../main/registry/client.ts';
import { document } from '../../../../main/registry/describe/document.ts';
import { inspect } from '../../../../main/registry/describe/inspect.ts';
import { instructionOf } from '../../../../shared/model/instruction.ts';
import { describeBlob, jsonBlob } from '../../../fakes/images.ts';
import {
  type Blob,
  blobOf,
  callRegistry,
  describeWithLab,
  type Finished,
  makeBuildContext,
  pushBlob,
  pushManifest,
  putCertificate,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  startBuildkit,
  startPodman,
} from '../../../lab/index.ts';
import { calm } from '../open-fake.ts';
import { type Content, inspectT, oci } from './parts.ts';

const dockerfile = [
  'FROM scratch',
  'COPY Dockerfile /one',
  'ENV GREETING="hello  there"',
  'LABEL org.opencontainers.image.title="A test" second="2"',
  'EXPOSE 8080/tcp 53/udp',
  'VOLUME /data',
  'USER 1000:1000',
  'WORKDIR /app',
  'COPY Dockerfile two',
  'STOPSIGNAL SIGINT',
  'HEALTHCHECK CMD ["/probe"]',
  'ENTRYPOINT ["/init"]',
  'CMD ["serve", "--port", "80"]',
];

/** A folder with that Dockerfile in it. */
function contextOf(lines: readonly string[]): string {
  const context = makeBuildContext('scratch');
  writeFileSync(join(context, 'Dockerfile'), `${lines.join('\n')}\n`);
  return context;
}

function placeAt({ address, scheme, caPem, username, password }: SharedRegistry, name: string) {
  const client = createRegistryClient({
    ...{ address, scheme, trust: { ca: caPem === '' ? [] : [caPem] } },
    credentials: async () => (username === '' ? null : { username, password }),
  });
  onTestFinished(() => client.close());
  return client.at(name, calm);
}

const done = async (running: Promise<Finished>) =>
  expect(await running).toMatchObject({ status: 0 });

/** What the Dockerfile above asks for, whoever builds it. */
const config = {
  ...{ user: '1000:1000', workingDir: '/app', stopSignal: 'SIGINT', volumes: ['/data'] },
  ...{ entrypoint: ['/init'], command: ['serve', '--port', '80'], healthcheck: ['CMD', '/probe'] },
  env: expect.arrayContaining(['GREETING=hello  there']),
  ports: expect.arrayContaining(['8080/tcp', '53/udp']),
  labels: expect.arrayContaining([
    ['org.opencontainers.image.title', 'A test'],
    ['second', '2'],
  ]),
};

describeWithLab('inspect of what BuildKit built', ['buildkit', 'registry', 'busybox'], () => {
  let registry: SharedRegistry;
  const name = 'described/by-buildkit';
  beforeAll(async () => {
    registry = await sharedRegistry('plain');
    const settings = `[registry."${registry.address}"]\n  http = true\n`;
    const buildkit = await startBuildkit({ settings });
    const context = contextOf(dockerfile);
    const target = `${registry.address}/${name}`;
    const built = await buildkit.buildctl([
      ...['build', '--progress', 'plain', '--frontend', 'dockerfile.v0'],
      ...['--local', `context=${context}`, '--local', `dockerfile=${context}`],
      ...['--opt', 'platform=linux/s390x,linux/amd64,linux/arm/v7'],
      ...['--opt', 'attest:provenance=mode=max'],
      ...['--output', `type=image,name=${target}:1,push=true,oci-mediatypes=true`],
      ...['--export-cache', `type=registry,ref=${target}:cache,mode=max`],
    ]);
    await buildkit.stop();
    expect(built).toMatchObject({ status: 0 });
  });

  it('tells platforms, config, and what made each layer', async () => {
    const details = await inspect(placeAt(registry, name), '1', 'linux/arm/v7');
    expect(details).toMatchObject({ kind: 'multi-platform', mediaType: oci.index });
    expect(details.platforms.map(({ platform }) => platform)).toEqual([
      ...['linux/s390x', 'linux/amd64', 'linux/arm/v7'],
    ]);
    expect(details.image).toMatchObject({ platform: 'linux/arm/v7', config });
    const instructions = details.image?.layers.map(({ createdBy }) =>
      instructionOf(createdBy ?? ''),
    );
    expect(instructions).toEqual(['COPY Dockerfile /one', 'WORKDIR /app', 'COPY Dockerfile two']);
    expect(details.image?.history).toHaveLength(dockerfile.length - 1);
    const { body } = await callRegistry(registry, 'GET', `/v2/${name}/manifests/1`);
    expect(details.manifest).toBe(body.toString());
  });

  it('opens the provenance that is kept beside the images', async () => {
    const place = placeAt(registry, name);
    const { manifest } = await inspect(place, '1');
    const { manifests } = JSON.parse(manifest) as {
      readonly manifests: readonly { digest: string; platform?: { os: string } }[];
    };
    const attestation = manifests.find(({ platform }) => platform?.os === 'unknown');
    const details = await inspect(place, attestation?.digest ?? '');
    expect(details).toMatchObject({ kind: 'provenance', detail: 'SLSA' });
    const statement = await document(place, details.image?.layers[0]?.digest ?? '');
    expect(JSON.parse(statement.text ?? '')).toMatchObject({
      _type: expect.stringContaining('in-toto.io/Statement'),
      predicateType: expect.stringContaining('slsa.dev/provenance'),
    });
  });

  it('recognises the build cache', async () => {
    const details = await inspect(placeAt(registry, name), 'cache');
    expect(details).toMatchObject({ kind: 'build-cache', platforms: [] });
    expect(details.storedSize).toBeGreaterThan(0);
  });
});

describeWithLab('inspect of what docker built', ['engine', 'registry', 'busybox'], () => {
  it('reads the classic builder’s instructions', async () => {
    const registry = await sharedRegistry('tls-open');
    putCertificate('/etc/docker/certs.d', registry);
    onTestFinished(() => rmSync('/etc/docker/certs.d', { recursive: true, force: true }));
    const engine = await sharedEngine();
    const name = 'described/by-docker';
    const target = `${registry.address}/${name}:1`;
    const env = { ...process.env, DOCKER_BUILDKIT: '0' };
    await done(engine.docker(['build', '--tag', target, contextOf(dockerfile)], { env }));
    await done(engine.docker(['push', target]));
    const details = await inspect(placeAt(registry, name), '1', 'linux/amd64');
    expect(details).toMatchObject({
      ...{ kind: 'image', image: { platform: 'linux/amd64', config } },
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    });
    const instructions = details.image?.layers.map(({ createdBy }) =>
      instructionOf(createdBy ?? ''),
    );
    expect(instructions?.[0]).toMatch(/^COPY file:[0-9a-f]+ in \/one$/);
    expect(details.image?.history.map(({ createdBy }) => instructionOf(createdBy))).toContain(
      'CMD ["serve" "--port" "80"]',
    );
  });
});

describeWithLab('inspect of what podman and skopeo made', ['podman', 'registry', 'busybox'], () => {
  let registry: SharedRegistry;
  let tools: Awaited<ReturnType<typeof startPodman>>;
  beforeAll(async () => {
    registry = await sharedRegistry('tls-open');
    tools = await startPodman();
    putCertificate(tools.certsFolder, registry);
    const target = `${registry.address}/described/by-podman:1`;
    const context = contextOf(dockerfile);
    // Health checks are no part of OCI's format.
    await done(tools.podman(['build', '--format', 'docker', '--tag', target, context]));
    await done(tools.podman(['push', target]));
  });
  afterAll(async () => {
    rmSync(tools.certsFolder, { recursive: true, force: true });
    await tools.stop();
  });
  const copy = (to: string, ...options: readonly string[]) =>
    tools.skopeo([
      ...['copy', ...options, `docker://${registry.address}/described/by-podman:1`],
      `docker://${registry.address}/described/${to}`,
    ]);

  it('pairs podman’s history, and agrees with skopeo on digest and layers', async () => {
    const details = await inspect(placeAt(registry, 'described/by-podman'), '1');
    expect(details).toMatchObject({ kind: 'image', image: { config } });
    const skopeo = await tools.skopeo([
      ...['inspect', `docker://${registry.address}/described/by-podman:1`],
    ]);
    const theirs = JSON.parse(skopeo.stdout) as Record<string, unknown>;
    expect(theirs).toMatchObject({
      Digest: details.digest,
      Layers: details.image?.layers.map(({ digest }) => digest),
      Os: 'linux',
    });
    expect(details.image?.history.map(({ layer }) => layer).filter(Boolean)).toEqual(theirs.Layers);
  });

  it('reads it in OCI’s format and compressed with zstd', async () => {
    await done(copy('by-skopeo:oci', '--format', 'oci', '--dest-compress-format', 'zstd'));
    const details = await inspect(placeAt(registry, 'described/by-skopeo'), 'oci');
    expect(details).toMatchObject({ kind: 'image', mediaType: oci.manifest });
    expect(details.image?.config?.entrypoint).toEqual(['/init']);
  });

  it('reads signed schema 1, as this registry converts to for who asks for nothing newer', async () => {
    const { manifest, image } = await inspect(placeAt(registry, 'described/by-podman'), '1');
    const dispatcher = new Agent({ connect: { ca: registry.caPem } });
    onTestFinished(() => dispatcher.close());
    const url = `https://${registry.host}:${registry.port}/v2/described/by-podman/manifests/1`;
    const { headers, body } = await request(url, { dispatcher, headers: { accept: '*/*' } });
    expect(headers['content-type']).toBe(
      'application/vnd.docker.distribution.manifest.v1+prettyjws',
    );
    // The registry says which digest it has; the client finds the same, or refuses it.
    const stated = {
      'content-type': String(headers['content-type']),
      'docker-content-digest': String(headers['docker-content-digest']),
    };
    const sizes = (image?.layers ?? []).map(({ digest, size }) => [
      digest,
      { headers: { 'content-length': String(size) } },
    ]);
    const { details } = await inspectT({
      ...(Object.fromEntries(sizes) as Content),
      t: { headers: stated, body: Buffer.from(await body.arrayBuffer()) },
    });
    expect(details).toMatchObject({
      ...{ kind: 'legacy-image', digest: stated['docker-content-digest'] },
      image: { platform: 'linux/amd64', config: { entrypoint: ['/init'] } },
    });
    const digests = image?.layers.map(({ digest }) => digest);
    expect(details.image?.layers.map(({ digest }) => digest)).toEqual(digests);
    expect(details.image?.history.map(({ layer }) => layer).filter(Boolean)).toEqual(digests);
    expect(details.manifest).not.toBe(manifest);
  });
});

describeWithLab('inspect of artifacts', ['registry', 'busybox'], () => {
  it('reads what Helm, cosign and oras push', async () => {
    const registry = await sharedRegistry('tls-login');
    const name = 'described/artifacts';
    const push = async (tag: string, manifest: Blob, ...parts: readonly Blob[]) => {
      for (const part of parts) await pushBlob(registry, name, part);
      await pushManifest(registry, name, tag, manifest, oci.manifest);
    };
    const manifestOf = (configType: string, own: Blob, layers: readonly object[], more = {}) =>
      jsonBlob({
        ...{ schemaVersion: 2, mediaType: oci.manifest, layers, ...more },
        config: describeBlob(configType, own),
      });
    const text = (words: string) => blobOf(Buffer.from(words));

    const chart = jsonBlob({ apiVersion: 'v2', name: 'web', version: '1.4.2' });
    const content = text('the chart');
    const helm = 'application/vnd.cncf.helm.';
    await push(
      'chart',
      manifestOf(`${helm}config.v1+json`, chart, [
        describeBlob(`${helm}chart.content.v1.tar+gzip`, content),
      ]),
      ...[chart, content],
    );
    const empty = text('{}');
    const sbom = jsonBlob({ spdxVersion: 'SPDX-2.3' });
    await push(
      'sbom',
      manifestOf(
        'application/vnd.oci.empty.v1+json',
        empty,
        [describeBlob('application/spdx+json', sbom)],
        { artifactType: 'application/spdx+json' },
      ),
      ...[empty, sbom],
    );
    const signed = text('{"critical":{}}');
    const signature = manifestOf(oci.config, empty, [
      describeBlob('application/vnd.dev.cosign.simplesigning.v1+json', signed),
    ]);
    const tag = `sha256-${signature.digest.slice('sha256:'.length)}.sig`;
    await push(tag, signature, empty, signed);

    const place = placeAt(registry, name);
    expect(await inspect(place, 'chart')).toMatchObject({
      kind: 'helm-chart',
      detail: 'web 1.4.2',
    });
    expect(await inspect(place, 'sbom')).toMatchObject({ kind: 'sbom', detail: 'SPDX' });
    expect(await inspect(place, tag)).toMatchObject({ kind: 'signature', detail: 'cosign' });
    expect(await document(place, sbom.digest)).toMatchObject({
      text: '{\n  "spdxVersion": "SPDX-2.3"\n}',
    });
  });
});
