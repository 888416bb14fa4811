import { parseReference } from '../../shared/model/reference.ts';

/** A reference taken apart for the engine. */
export interface ImageName {
  /** Address and repository. */
  readonly name: string;
  /** Tag or digest. */
  readonly version: string;
  /** The registry's address. */
  readonly address: string;
}

/**
 * Takes an image reference apart. A digest goes before a tag; without either it is `latest`, since an engine that
 * is given neither pulls every tag there is.
 * @throws RegentError `REFERENCE_INVALID`
 */
export function splitImageName(reference: string): ImageName {
  const { registry, repository, tag, digest } = parseReference(reference);
  return {
    name: `${registry}/${repository}`,
    version: digest ?? tag ?? 'latest',
    address: registry,
  };
}

/** The reference of one image: `NAME:TAG` or `NAME@DIGEST`. */
export function fullName({ name, version }: ImageName): string {
  return version.includes(':') ? `${name}@${version}` : `${name}:${version}`;
}
