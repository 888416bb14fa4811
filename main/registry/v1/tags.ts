import { RegentError } from '../../../shared/errors/index.ts';
import { sortNaturally } from '../../../shared/model/natural-sort.ts';
import { isTag } from '../../../shared/model/reference.ts';
import { objectOf, parseJson, reading, textOf } from '../describe/read-value.ts';
import { limits } from '../limits.ts';
import { isImageId } from './image-id.ts';
import type { FirstPlace } from './place.ts';

/**
 * Lists all tags of a repository, sorted for people; there are no pages.
 * @throws RegentError `REPOSITORY_NOT_FOUND` and the usual ones
 */
export async function listFirstTags(place: FirstPlace): Promise<readonly string[]> {
  const { session, ask, repository, signal } = place;
  const path = `repositories/${repository}/tags`;
  const subject = { kind: 'repository', repository } as const;
  const { body } = await ask({ path, subject, limit: limits.page, signal });
  return reading(session.address, () => readTags(parseJson(body)));
}

/** The names of `{tag: id}` that can be tags'. @throws Error within `reading` */
export function readTags(json: unknown): readonly string[] {
  const names = Object.keys(objectOf(json));
  if (names.length > limits.namesPerPage) throw new TypeError('too many tags');
  return sortNaturally(names.filter(isTag));
}

/**
 * The id of the image that a tag names now; an id names itself.
 * @throws RegentError `TAG_NOT_FOUND`, `REFERENCE_INVALID` for what is no tag, and the usual ones
 */
export async function findImageId(place: FirstPlace, tag: string): Promise<string> {
  const { session, ask, repository, signal } = place;
  if (isImageId(tag)) return tag;
  // It becomes part of a URL. There are no digests here.
  if (!isTag(tag)) throw new RegentError('REFERENCE_INVALID', { input: tag.slice(0, 200) });
  const path = `repositories/${repository}/tags/${tag}`;
  const subject = { kind: 'manifest', repository, reference: tag } as const;
  const { body } = await ask({ path, subject, limit: limits.manifest, signal });
  return reading(session.address, () => textOf(parseJson(body), isImageId));
}
