import { describe, expect, it } from 'vitest';
import { inspect } from '../../../../main/registry/describe/inspect.ts';
import { imageDetailsSchema } from '../../../../shared/model/image-details.ts';
import { describeBlob, jsonBlob, manifestReply } from '../../../fakes/images.ts';
import { blobOf } from '../../../lab/image-parts.ts';
import { calm, openClient, openFake } from '../open-fake.ts';
import { blobs, configOf, created, imageOf, inspectT, layer, manifestAt, oci } from './parts.ts';

const history = [
  { created, created_by: 'ADD rootfs.tar / # buildkit' },
  { created, created_by: 'ENV A=b', comment: 'buildkit.dockerfile.v0', empty_layer: true },
  { created: '1970-01-01T00:00:00Z', created_by: 'RUN /bin/sh -c make\tall' },
];

describe('inspect of one image', () => {
  const config = configOf({
    author: 'Ada',
    config: {
      ...{ User: '1000:1000', WorkingDir: '/app', StopSignal: 'SIGINT' },
      ...{ Entrypoint: ['/init'], Cmd: ['serve', '--port', '80'], Env: ['A=b', 'PS1=\\w  $ '] },
      ...{ ExposedPorts: { '80/tcp': {}, '53/udp': {} }, Volumes: { '/data': {} } },
      Labels: JSON.parse('{"b":"2","__proto__":"polluted","a":"1"}') as unknown,
      Healthcheck: { Test: ['CMD', 'true'], Interval: 1 },
    },
    history,
  });
  const subject = `sha256:${'5'.repeat(64)}`;
  const image = imageOf(config, [layer(1000, 'a'), layer(20, 'b')], {
    annotations: { 'org.example.note': 'hello', number: 7 },
    subject: { digest: subject, size: 3, mediaType: oci.manifest },
  });

  it('tells all of it', async () => {
    const { details } = await inspectT({ ...manifestAt('t', image), ...blobs(config) });
    const time = '2026-01-02T03:04:05.000Z';
    const [a, b] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
    expect(details).toEqual({
      ...{ digest: image.digest, mediaType: oci.manifest, kind: 'image', detail: null },
      ...{ storedSize: 1020 + config.bytes.length, platforms: [], subject, warnings: [] },
      annotations: [['org.example.note', 'hello']],
      manifest: image.bytes.toString('utf8'),
      image: {
        ...{ digest: image.digest, mediaType: oci.manifest, platform: 'linux/amd64' },
        ...{ size: 1020 + config.bytes.length, created: time, author: 'Ada' },
        configDigest: config.digest,
        config: {
          ...{ user: '1000:1000', workingDir: '/app', stopSignal: 'SIGINT' },
          ...{ entrypoint: ['/init'], command: ['serve', '--port', '80'] },
          ...{ env: ['A=b', 'PS1=\\w  $ '], ports: ['80/tcp', '53/udp'], volumes: ['/data'] },
          labels: [
            ['b', '2'],
            ['__proto__', 'polluted'],
            ['a', '1'],
          ],
          healthcheck: ['CMD', 'true'],
        },
        layers: [
          { ...layer(1000, 'a'), createdBy: 'ADD rootfs.tar / # buildkit', foreign: false },
          { ...layer(20, 'b'), createdBy: 'RUN /bin/sh -c make all', foreign: false },
        ],
        history: [
          { createdBy: 'ADD rootfs.tar / # buildkit', created: time, comment: '', layer: a },
          {
            ...{ createdBy: 'ENV A=b', created: time, layer: null },
            comment: 'buildkit.dockerfile.v0',
          },
          { createdBy: 'RUN /bin/sh -c make all', created: null, comment: '', layer: b },
        ],
      },
    });
    expect(imageDetailsSchema.parse(details)).toEqual(details);
  });

  it.each([
    ['more steps than layers', [...history, { created_by: 'COPY x /' }]],
    ['fewer', history.slice(1)],
    ['none', undefined],
    ['something else', { 0: 'x' }],
  ])('pairs nothing when the history has %s', async (_, odd) => {
    const other = configOf({ history: odd });
    const { details } = await inspectT({
      ...manifestAt('t', imageOf(other, [layer(1, 'a'), layer(2, 'b')])),
      ...blobs(other),
    });
    expect(details.image?.layers.map(({ createdBy }) => createdBy)).toEqual([null, null]);
    expect(details.image?.history.map((step) => step.layer).filter(Boolean)).toEqual([]);
  });

  it('still tells the manifest when the config is lost', async () => {
    const { details } = await inspectT(manifestAt('t', image));
    expect(details.image).toMatchObject({ config: null, history: [], platform: null });
    expect(details.image?.layers).toHaveLength(2);
  });

  it('counts apart what is kept elsewhere', async () => {
    const foreign = layer(5000, 'c', { urls: ['https://x.test/'] });
    const { details } = await inspectT({
      ...manifestAt('t', imageOf(config, [foreign, layer(7, 'd'), layer(7, 'd')])),
      ...blobs(config),
    });
    expect(details.image?.size).toBe(7 + config.bytes.length);
    expect(details.image?.layers.map((one) => one.foreign)).toEqual([true, false, false]);
  });

  it('takes inlined data in place of a request, if it is what it says', async () => {
    const small = configOf({ author: 'inlined' });
    const inlined = (data: string) =>
      jsonBlob({
        ...{ mediaType: oci.manifest, layers: [] },
        config: describeBlob(oci.config, small, { data }),
      });
    const good = inlined(small.bytes.toString('base64'));
    const { details, fake } = await inspectT(manifestAt('t', good));
    expect(details.image?.author).toBe('inlined');
    expect(fake.seen).toHaveLength(1);
    const bad = inlined(configOf({ author: 'inlineD' }).bytes.toString('base64'));
    const again = await inspectT({ ...manifestAt('t', bad), ...blobs(small) });
    expect(again.details.image?.author).toBe('inlined');
    expect(again.fake.seen).toHaveLength(2);
  });

  it('hands on what the registry wishes to be said', async () => {
    const reply = manifestReply(oci.manifest, image);
    const warning = '299 - "this tag goes away soon"';
    const { details } = await inspectT({
      ...{ t: { ...reply, headers: { ...reply.headers, warning } } },
      ...blobs(config),
    });
    expect(details.warnings).toEqual(['this tag goes away soon']);
  });

  it('shows what hides, and does not cut what is long without saying so', async () => {
    const hostile = configOf({
      config: { Env: ['A=\u001b[2J\u202e', 'B=one\ntwo'], Labels: { l: 'x'.repeat(70_000) } },
      history: [{ created_by: 'RUN \u001b]0;title\u0007 x\u202ey' }],
    });
    const { details } = await inspectT({
      ...manifestAt('t', imageOf(hostile, [layer(1, 'a')])),
      ...blobs(hostile),
    });
    expect(details.image?.config?.env).toEqual(['A=\\u001b[2J\\u202e', 'B=one\ntwo']);
    expect(details.image?.config?.labels[0]?.[1]).toMatch(/^x{65535}…$/);
    expect(details.image?.layers[0]?.createdBy).toBe('RUN ]0;title x y');
  });

  it('refuses another platform than it is for', async () => {
    const content = { ...manifestAt('t', image), ...blobs(config) };
    await expect(inspectT(content, 'linux/arm64')).rejects.toMatchObject({
      code: 'PLATFORM_NOT_FOUND',
      data: { platform: 'linux/arm64', platforms: ['linux/amd64'] },
    });
    for (const same of ['linux/amd64', 'LINUX/amd64', 'linux/amd64/v1']) {
      expect((await inspectT(content, same)).details.image?.platform).toBe('linux/amd64');
    }
  });

  it('sends nothing for what is neither a tag nor a digest', async () => {
    const fake = await openFake(() => undefined);
    const place = openClient(fake).at('x', calm);
    for (const wrong of ['../../x', 'a b', 'a?b', 'sha256:abc', '']) {
      await expect(inspect(place, wrong)).rejects.toHaveProperty('code', 'REFERENCE_INVALID');
    }
    expect(fake.seen).toEqual([]);
  });

  it('refuses a manifest that can’t be shown byte for byte', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"mediaType":"application/vnd.oci.image.manifest.v1+json","x":"'),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]);
    await expect(inspectT(manifestAt('t', blobOf(bytes)))).rejects.toHaveProperty(
      'code',
      'REGISTRY_RESPONSE_INVALID',
    );
  });
});

describe('inspect of what is no image', () => {
  it('reads a chart’s name and version out of its config', async () => {
    const chart = jsonBlob({ name: 'web', version: '1.4.2+3' });
    const manifest = jsonBlob({
      ...{ mediaType: oci.manifest, layers: [layer(70, 'c')] },
      config: describeBlob('application/vnd.cncf.helm.config.v1+json', chart),
      annotations: { 'org.opencontainers.image.authors': 'Ada' },
    });
    const { details } = await inspectT({ ...manifestAt('t', manifest), ...blobs(chart) });
    expect(details).toMatchObject({
      ...{ kind: 'helm-chart', detail: 'web 1.4.2+3', storedSize: 70 + chart.bytes.length },
      image: { config: null, platform: null, author: 'Ada', history: [] },
    });
  });

  it('asks for no config that says nothing', async () => {
    const empty = blobOf(Buffer.from('{}'));
    const manifest = jsonBlob({
      ...{ mediaType: oci.manifest, artifactType: 'application/vnd.acme.rocket' },
      config: describeBlob('application/vnd.oci.empty.v1+json', empty),
      layers: [layer(9, 'e', { mediaType: 'application/octet-stream' })],
    });
    const { details, fake } = await inspectT(manifestAt('t', manifest));
    expect(fake.seen).toHaveLength(1);
    expect(details).toMatchObject({
      ...{ kind: 'artifact', detail: 'application/vnd.acme.rocket', storedSize: 11 },
      image: { config: null, layers: [{ size: 9, mediaType: 'application/octet-stream' }] },
    });
  });

  it('reads artifact manifests', async () => {
    const type = 'application/vnd.oci.artifact.manifest.v1+json';
    const manifest = jsonBlob({
      ...{ mediaType: type, artifactType: 'application/spdx+json', blobs: [layer(4, 'f')] },
    });
    const { details } = await inspectT(manifestAt('t', manifest, type));
    expect(details).toMatchObject({ kind: 'sbom', detail: 'SPDX', storedSize: 4 });
    expect(details.image?.configDigest).toBeNull();
  });
});

describe('inspect of a legacy image', () => {
  const type = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
  const [base, top] = [layer(10, '1').digest, layer(20, '2').digest];
  const v1 = (more: object) => ({ v1Compatibility: JSON.stringify({ created, ...more }) });
  const manifest = jsonBlob({
    schemaVersion: 1,
    fsLayers: [{ blobSum: top }, { blobSum: layer(0, '3').digest }, { blobSum: base }],
    history: [
      v1({
        ...{ os: 'linux', architecture: 'amd64', author: 'Ada', config: { Cmd: ['sh'] } },
        container_config: { Cmd: ['/bin/sh -c #(nop) ', 'COPY x /'] },
      }),
      v1({ throwaway: true, container_config: { Cmd: ['/bin/sh -c #(nop) ENV A=b'] } }),
      v1({ container_config: { Cmd: ['/bin/sh', '-c', 'make'] } }),
    ],
  });

  const sized = (size: number) => ({ headers: { 'content-length': String(size) } });

  it('finds layers, history and config in the descriptions, and asks for the sizes', async () => {
    const { details, fake } = await inspectT({
      t: { headers: { 'content-type': type }, body: manifest.bytes },
      [base]: sized(10),
      [top]: sized(20),
    });
    expect(details).toMatchObject({
      ...{ kind: 'legacy-image', storedSize: 30, platforms: [] },
      image: {
        ...{ platform: 'linux/amd64', author: 'Ada', size: 30, configDigest: null },
        config: { command: ['sh'] },
        layers: [
          { digest: base, size: 10, createdBy: '/bin/sh -c make' },
          { digest: top, size: 20, createdBy: '/bin/sh -c #(nop) COPY x /' },
        ],
        history: [
          { layer: base },
          { layer: null, createdBy: '/bin/sh -c #(nop) ENV A=b' },
          { layer: top },
        ],
      },
    });
    expect(fake.seen.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'HEAD']);
  });

  it('says that sizes are unknown where they are', async () => {
    const { details } = await inspectT({
      t: { headers: { 'content-type': type }, body: manifest.bytes },
      [base]: sized(10),
    });
    expect(details).toMatchObject({ storedSize: null, image: { size: null } });
    expect(details.image?.layers.map(({ size }) => size)).toEqual([10, null]);
  });
});
