import { isDigest } from '../../../shared/model/digest.ts';
import type { Referrer } from '../../../shared/model/image-details.ts';
import {
  type JsonObject,
  objectOf,
  objectOrEmpty,
  sizeOf,
  textOf,
  textOrEmpty,
} from '../describe/read-value.ts';

/** A manifest that is about another one, by the descriptor that was found of it. */
export interface FoundReferrer {
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
  /** Undefined where the descriptor does not say it. */
  readonly artifactType: string | undefined;
  readonly annotations: JsonObject;
  /** `os/arch` of the image it is about, when that is one of an index. */
  readonly platform: string | null;
  readonly foundBy: Referrer['foundBy'];
  /** The tag it was found by. */
  readonly tag?: string;
}

/** No image has more that anybody looks at; a hostile registry could list any number. */
export const MOST_REFERRERS = 1000;

/** Reads a descriptor of a list of referrers. @throws Error within `reading` */
export function readReferrer(json: unknown, foundBy: FoundReferrer['foundBy']): FoundReferrer {
  const source = objectOf(json);
  const { annotations, artifactType, digest, mediaType, size } = source;
  return {
    digest: textOf(digest, isDigest),
    mediaType: textOrEmpty(mediaType),
    size: sizeOf(size),
    artifactType: textOrEmpty(artifactType) || undefined,
    annotations: objectOrEmpty(annotations),
    platform: null,
    foundBy,
  };
}
