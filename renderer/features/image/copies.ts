import type { MessageKey } from '../../../shared/i18n/words.ts';
import type { ImageDetails } from '../../../shared/model/image-details.ts';
import { type ImagePlace, referenceTo } from '../../lib/image-place.ts';

/** Something to copy: what it is called, and its text. */
export interface Copy {
  readonly label: MessageKey;
  readonly text: string;
}

/**
 * What people take along of an image. Commands name it by its tag and digest at once: they read as one expects, and
 * mean the same bytes tomorrow.
 */
export function copiesOf(place: ImagePlace, { digest, kind }: ImageDetails): readonly Copy[] {
  const byName = referenceTo(place);
  // Nothing but Regent understands more of such an image than its tag.
  if (kind === 'v1-image') return [{ label: 'image.copy.tag', text: byName }];
  const byDigest = referenceTo(place, digest);
  const pinned = byName === byDigest ? byDigest : `${byName}@${digest}`;
  const runs = kind === 'image' || kind === 'multi-platform' || kind === 'legacy-image';
  return [
    { label: 'image.copy.tag', text: byName },
    { label: 'image.copy.digest', text: byDigest },
    ...(runs
      ? ([
          { label: 'image.copy.run', text: `docker run --rm -it ${byName}` },
          { label: 'image.copy.compose', text: `image: ${pinned}` },
        ] as const)
      : []),
  ];
}
