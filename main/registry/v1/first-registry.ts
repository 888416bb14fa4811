import type { Tag } from '../../../shared/model/image.ts';
import type { ImageDetails } from '../../../shared/model/image-details.ts';
import type { Authorizer } from '../auth/authorizer.ts';
import type { FoundRepositories } from '../search.ts';
import type { Session } from '../session.ts';
import { createAsk } from './ask.ts';
import { describeFirstTag } from './describe-tag.ts';
import { inspectFirst } from './inspect.ts';
import type { FirstPlace } from './place.ts';
import type { Recognising } from './recognise.ts';
import { rememberImages } from './remember-images.ts';
import { listFirst, searchFirst } from './search.ts';
import { listFirstTags } from './tags.ts';

/** What can be read of a registry of the first generation. The same errors as those of its methods' namesakes. */
export interface FirstRegistry {
  list(signal: AbortSignal): Promise<readonly string[]>;
  search(query: string, signal: AbortSignal): Promise<FoundRepositories>;
  tags(repository: string, signal: AbortSignal): Promise<readonly string[]>;
  describeTag(repository: string, tag: string, signal: AbortSignal, known?: Tag): Promise<Tag>;
  inspect(
    repository: string,
    tag: string,
    signal: AbortSignal,
    platform?: string,
  ): Promise<ImageDetails>;
  at(repository: string, signal: AbortSignal): FirstPlace;
}

/** Opens it; nothing is sent before the first call. */
export function openFirstRegistry(
  session: Session,
  authorizer: Authorizer,
  firstPong: Recognising['firstPong'],
): FirstRegistry {
  const ask = rememberImages(createAsk(session, authorizer, firstPong));
  const at = (repository: string, signal: AbortSignal): FirstPlace => ({
    ...{ session, ask, repository, signal },
  });
  return {
    at,
    list: (signal) => listFirst(session, ask, signal),
    search: (query, signal) => searchFirst(session, ask, query, signal),
    tags: (repository, signal) => listFirstTags(at(repository, signal)),
    describeTag: (repository, tag, signal, known) =>
      describeFirstTag(at(repository, signal), tag, known),
    inspect: (repository, tag, signal, platform) =>
      inspectFirst(at(repository, signal), tag, platform),
  };
}
