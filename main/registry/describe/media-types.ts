/** What a manifest's media type says of its shape. */
export type ManifestKind = 'image' | 'index' | 'artifact' | 'schema1';

const KINDS: Readonly<Record<string, ManifestKind>> = {
  'application/vnd.oci.image.manifest.v1+json': 'image',
  'application/vnd.oci.image.index.v1+json': 'index',
  'application/vnd.docker.distribution.manifest.v2+json': 'image',
  'application/vnd.docker.distribution.manifest.list.v2+json': 'index',
  'application/vnd.docker.distribution.manifest.v1+prettyjws': 'schema1',
  'application/vnd.docker.distribution.manifest.v1+json': 'schema1',
  'application/vnd.oci.artifact.manifest.v1+json': 'artifact',
  'application/vnd.cncf.oras.artifact.manifest.v1+json': 'artifact',
};

/** All kinds, always: a registry converts or hides a manifest whose type is not in the list. */
export const manifestAccept = Object.keys(KINDS).join(', ');

/** The kind of a manifest by its media type; undefined for anything that is no manifest. */
export function manifestKind(mediaType: string): ManifestKind | undefined {
  return KINDS[mediaType];
}

const IMAGE_CONFIGS: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

/** Whether a config blob of this type tells an image's platform and time. */
export function isImageConfig(mediaType: string): boolean {
  return IMAGE_CONFIGS.has(mediaType);
}

/** Whether a config blob of this type is that of WebAssembly, which states platform and time as an image's does. */
export function isWasmConfig(mediaType: string): boolean {
  return /^application\/vnd\.wasm\.config\.v[01]\+json$/.test(mediaType);
}
