import { isDigest } from '../../shared/model/digest.ts';

/** An image in a registry. */
export interface ImagePlace {
  readonly address: string;
  readonly repository: string;
  /** A tag or a digest. */
  readonly reference: string;
}

/** An image in a registry and, of an index, which one. */
export interface ImageChoice extends ImagePlace {
  /** `os/arch[/variant]`; the usual one where it is not given. */
  readonly platform?: string;
}

/** The reference as `docker pull` takes it, by its own tag or digest or by another one. */
export function referenceTo(
  { address, repository, reference }: ImagePlace,
  named: string = reference,
): string {
  return `${address}/${repository}${isDigest(named) ? '@' : ':'}${named}`;
}
