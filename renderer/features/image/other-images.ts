import { isAttachedTag } from '../../../shared/model/attached-tag.ts';
import { sortByVersion } from '../../../shared/model/version-order.ts';
import type { ImagePlace } from '../../lib/image-place.ts';
import { routeOfReference } from '../../lib/read-reference.ts';

/** An image that another one can be compared with. */
export interface OtherImage {
  /** A tag of the same repository, or a reference as it was written. */
  readonly name: string;
  readonly place: ImagePlace;
}

/**
 * What an image can be compared with, as far as a text goes: an image that the text writes out, of this registry or of
 * another one, and the tags of the repository that contain it, newest versions first.
 */
export function otherImages(
  text: string,
  here: ImagePlace,
  tags: readonly string[],
  addresses: readonly string[],
): readonly OtherImage[] {
  const typed = text.trim();
  const { address, repository } = here;
  const route =
    routeOfReference(typed, addresses) ?? routeOfReference(`${address}/${typed}`, [address]);
  const written =
    route?.screen === 'image'
      ? [
          {
            name: typed,
            place: {
              ...{ address: route.address, repository: route.repository },
              reference: route.reference,
            },
          },
        ]
      : [];
  const wanted = typed.toLowerCase();
  const others = tags.filter(
    (tag) => tag !== here.reference && !isAttachedTag(tag) && tag.toLowerCase().includes(wanted),
  );
  return [
    ...written,
    ...sortByVersion(others, true).map((name) => ({
      name,
      place: { address, repository, reference: name },
    })),
  ];
}
