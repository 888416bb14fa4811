import type { ContentKind } from '../../../shared/model/image-details.ts';

/** What something is; `detail` says more on it, or which type it has of its own. */
export interface Content {
  readonly kind: ContentKind;
  readonly detail: string | null;
}

type Rule = readonly [type: RegExp, content: Content];

/**
 * What media types of artifacts, of their configs and of their layers stand for. From the sources of Helm, cosign,
 * sigstore, Notation, BuildKit, ORAS and wasm-to-oci; the first rule that fits decides.
 */
const TYPES: readonly Rule[] = [
  [/^application\/vnd\.cncf\.helm\.(config|chart)\./, { kind: 'helm-chart', detail: null }],
  [/^application\/(vnd\.)?wasm\b/, { kind: 'wasm', detail: null }],
  [/^application\/vnd\.docker\.plugin\.v1\+json$/, { kind: 'docker-plugin', detail: null }],
  [/^application\/vnd\.buildkit\.cacheconfig\./, { kind: 'build-cache', detail: null }],
  [/^application\/vnd\.cncf\.notary\.signature$/, { kind: 'signature', detail: 'Notation' }],
  [/^application\/vnd\.dev\.cosign\.simplesigning\./, { kind: 'signature', detail: 'cosign' }],
  [/^application\/vnd\.dev\.cosign\.artifact\.sig\./, { kind: 'signature', detail: 'cosign' }],
  [/^application\/vnd\.dev\.sigstore\.bundle\b/, { kind: 'signature', detail: 'Sigstore' }],
  [/^application\/vnd\.dev\.cosign\.artifact\.att\./, { kind: 'attestation', detail: null }],
  [/^application\/vnd\.dev\.cosign\.artifact\.sbom\./, { kind: 'sbom', detail: null }],
  [/^application\/vnd\.(in-toto|dsse\.envelope)\b/, { kind: 'attestation', detail: null }],
  [/^application\/vnd\.docker\.attestation\.manifest\./, { kind: 'attestation', detail: null }],
  [/\bspdx\b/, { kind: 'sbom', detail: 'SPDX' }],
  [/\bcyclonedx\b/, { kind: 'sbom', detail: 'CycloneDX' }],
  [/\bsyft\b/, { kind: 'sbom', detail: 'Syft' }],
  [/\bsbom\b/, { kind: 'sbom', detail: null }],
];

/** What predicates of in-toto statements are about (in-toto attestation framework; cosign's own types). */
const PREDICATES: readonly Rule[] = [
  [/^https:\/\/sigstore\.dev\/cosign\/sign\b/, { kind: 'signature', detail: 'cosign' }],
  [/^https:\/\/slsa\.dev\/provenance\b/, { kind: 'provenance', detail: 'SLSA' }],
  [/^https:\/\/in-toto\.io\/provenance\b/i, { kind: 'provenance', detail: 'in-toto' }],
  [/^https:\/\/spdx\.dev\/Document\b/i, { kind: 'sbom', detail: 'SPDX' }],
  [/^https:\/\/cyclonedx\.org\/(bom|schema)\b/i, { kind: 'sbom', detail: 'CycloneDX' }],
];

/** What a media type stands for; undefined for the types of images, and for those that nothing is known about. */
export function artifactKind(mediaType: string): Content | undefined {
  return TYPES.find(([type]) => type.test(mediaType))?.[1];
}

/** What the predicate of an attestation is about; its own name where nothing is known of it. */
export function predicateKind(predicateType: string): Content {
  const known = PREDICATES.find(([type]) => type.test(predicateType))?.[1];
  return known ?? { kind: 'attestation', detail: predicateType };
}
