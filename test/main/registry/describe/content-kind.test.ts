import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentKindOf, type Described } from '../../../../main/registry/describe/content-kind.ts';

const manifest = 'application/vnd.oci.image.manifest.v1+json';
const index = 'application/vnd.oci.image.index.v1+json';
const imageConfig = 'application/vnd.oci.image.config.v1+json';
const empty = 'application/vnd.oci.empty.v1+json';
const inToto = 'application/vnd.in-toto+json';
const layers = (...types: readonly string[]) => types.map((mediaType) => ({ mediaType }));
const about = (predicate: string, mediaType = inToto) => ({
  mediaType,
  annotations: [['in-toto.io/predicate-type', predicate]] as const,
});
const slsa = 'https://slsa.dev/provenance/v0.2';
const spdx = 'https://spdx.dev/Document';
const tagged = (suffix: string) => `sha256-${'a'.repeat(64)}.${suffix}`;

describe('contentKindOf', () => {
  it.each<[what: string, described: Described, kind: string, detail?: string]>([
    ['an image', { mediaType: manifest, configType: imageConfig }, 'image'],
    [
      'an image of Docker',
      {
        mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
        configType: 'application/vnd.docker.container.image.v1+json',
        layers: layers('application/vnd.docker.image.rootfs.diff.tar.gzip'),
      },
      'image',
    ],
    ['an entry of an index', { mediaType: manifest }, 'image'],
    [
      'an index',
      { mediaType: index, entries: [{ mediaType: manifest, hasPlatform: true }] },
      'multi-platform',
    ],
    [
      'an index without platforms',
      { mediaType: index, entries: [{ mediaType: manifest, hasPlatform: false }] },
      'multi-platform',
    ],
    [
      'schema 1',
      { mediaType: 'application/vnd.docker.distribution.manifest.v1+prettyjws' },
      'legacy-image',
    ],
    [
      'a Helm chart',
      {
        mediaType: manifest,
        configType: 'application/vnd.cncf.helm.config.v1+json',
        layers: layers('application/vnd.cncf.helm.chart.content.v1.tar+gzip'),
        annotations: [
          ['org.opencontainers.image.title', 'web'],
          ['org.opencontainers.image.version', '1.4.2'],
        ],
      },
      'helm-chart',
      'web 1.4.2',
    ],
    [
      'WebAssembly by its config',
      { mediaType: manifest, configType: 'application/vnd.wasm.config.v0+json' },
      'wasm',
    ],
    [
      'WebAssembly by its layer',
      { mediaType: manifest, configType: imageConfig, layers: layers('application/wasm') },
      'wasm',
    ],
    [
      'WebAssembly of wasm-to-oci',
      {
        mediaType: manifest,
        configType: 'application/vnd.unknown.config.v1+json',
        layers: layers('application/vnd.wasm.content.layer.v1+wasm'),
      },
      'wasm',
    ],
    [
      'WebAssembly by its platform',
      { mediaType: manifest, configType: imageConfig, platform: 'wasi/wasm' },
      'wasm',
    ],
    [
      'a plugin',
      { mediaType: manifest, configType: 'application/vnd.docker.plugin.v1+json' },
      'docker-plugin',
    ],
    [
      'a build cache',
      { mediaType: manifest, configType: 'application/vnd.buildkit.cacheconfig.v0' },
      'build-cache',
    ],
    [
      'a build cache in an index',
      {
        mediaType: index,
        entries: [
          { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', hasPlatform: false },
          { mediaType: 'application/vnd.buildkit.cacheconfig.v0', hasPlatform: false },
        ],
      },
      'build-cache',
    ],
    [
      'a signature of cosign',
      {
        mediaType: manifest,
        configType: imageConfig,
        layers: layers('application/vnd.dev.cosign.simplesigning.v1+json'),
        tag: tagged('sig'),
      },
      'signature',
      'cosign',
    ],
    [
      'an attestation of cosign',
      {
        mediaType: manifest,
        configType: imageConfig,
        layers: [
          {
            mediaType: 'application/vnd.dsse.envelope.v1+json',
            annotations: [['predicateType', slsa]],
          },
        ],
        tag: tagged('att'),
      },
      'provenance',
      'SLSA',
    ],
    [
      'an SBOM of cosign',
      { mediaType: manifest, configType: imageConfig, layers: layers('text/spdx+json') },
      'sbom',
      'SPDX',
    ],
    [
      'an SBOM of cosign by its tag',
      { mediaType: manifest, configType: empty, tag: tagged('sbom') },
      'sbom',
    ],
    [
      'an SBOM of syft',
      { mediaType: manifest, artifactType: 'application/vnd.syft+json', configType: empty },
      'sbom',
      'Syft',
    ],
    [
      'an SBOM of oras',
      { mediaType: manifest, artifactType: 'application/vnd.cyclonedx+json' },
      'sbom',
      'CycloneDX',
    ],
    [
      'a signature in a bundle',
      { mediaType: manifest, artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json' },
      'signature',
      'Sigstore',
    ],
    [
      'provenance in a bundle',
      {
        mediaType: manifest,
        artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        annotations: [['dev.sigstore.bundle.predicateType', 'https://slsa.dev/provenance/v1']],
      },
      'provenance',
      'SLSA',
    ],
    [
      'a signature of cosign 3 in a bundle',
      {
        mediaType: manifest,
        artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        annotations: [['dev.sigstore.bundle.predicateType', 'https://sigstore.dev/cosign/sign/v1']],
      },
      'signature',
      'cosign',
    ],
    [
      'a signature of Notation',
      { mediaType: manifest, artifactType: 'application/vnd.cncf.notary.signature' },
      'signature',
      'Notation',
    ],
    [
      'provenance of BuildKit',
      { mediaType: manifest, configType: imageConfig, layers: [about(slsa)] },
      'provenance',
      'SLSA',
    ],
    [
      'provenance and SBOM of BuildKit',
      {
        mediaType: manifest,
        artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
        configType: empty,
        layers: [about(slsa), about(spdx)],
      },
      'attestation',
      'SLSA, SPDX',
    ],
    [
      'attestations of BuildKit in an index',
      {
        mediaType: manifest,
        annotations: [['vnd.docker.reference.type', 'attestation-manifest']],
      },
      'attestation',
    ],
    [
      'another predicate',
      { mediaType: manifest, configType: imageConfig, layers: [about('https://openvex.dev/ns')] },
      'attestation',
      'https://openvex.dev/ns',
    ],
    [
      'an artifact by its type',
      { mediaType: manifest, artifactType: 'application/vnd.acme.rocket', configType: empty },
      'artifact',
      'application/vnd.acme.rocket',
    ],
    [
      'an artifact by its config',
      { mediaType: manifest, configType: 'application/vnd.acme.config+json' },
      'artifact',
      'application/vnd.acme.config+json',
    ],
    ['an artifact without a type', { mediaType: manifest, configType: empty }, 'artifact'],
    [
      'an artifact manifest',
      {
        mediaType: 'application/vnd.oci.artifact.manifest.v1+json',
        artifactType: 'application/x',
      },
      'artifact',
      'application/x',
    ],
    [
      'a list of referrers',
      {
        mediaType: index,
        entries: [{ mediaType: manifest, artifactType: 'application/x', hasPlatform: false }],
      },
      'artifact',
      'application/x',
    ],
    [
      'an image with one odd layer',
      {
        mediaType: manifest,
        configType: imageConfig,
        layers: layers('application/vnd.oci.image.layer.v1.tar+gzip', 'text/spdx'),
      },
      'image',
    ],
  ])('recognises %s', (_, described, kind, detail) => {
    expect(contentKindOf(described)).toEqual({ kind, detail: detail ?? null });
  });

  it('cleans what it repeats', () => {
    const { detail } = contentKindOf({ mediaType: manifest, artifactType: 'a\u001b[2J\u202eb' });
    expect(detail).toBe('a [2J b');
  });

  it('has a word for anything', () => {
    const text = fc.option(fc.string(), { nil: undefined });
    const part = fc.record({ mediaType: fc.string(), hasPlatform: fc.boolean() });
    const described = fc.record({
      mediaType: fc.constantFrom(manifest, index, ''),
      ...{ artifactType: text, configType: text, tag: text },
      layers: fc.array(part),
      entries: fc.array(part),
    });
    fc.assert(
      fc.property(described, (one) => {
        expect(contentKindOf(one).kind).toMatch(/./);
      }),
    );
  });
});
