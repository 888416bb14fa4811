import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ImageDetails } from '../../../shared/model/image-details.ts';
import type { ImageChoice, ImagePlace } from '../../lib/image-place.ts';
import { useRegent } from '../../lib/regent-context.tsx';

/** Two images by the digests of their manifests, as they are compared. */
export interface Both {
  readonly left: ImagePlace;
  readonly right: ImagePlace;
}

/** What is known of one of two images that are compared. */
export function useSide(choice: ImageChoice) {
  const { api } = useRegent();
  return useQuery({
    ...api.repositories.inspect.queryOptions({ input: { ...choice } }),
    placeholderData: keepPreviousData,
  });
}

/** The very image that a name led to: what is compared stays the same, whatever happens to the name. */
export function exactly({ address, repository, reference }: ImageChoice, details?: ImageDetails) {
  return { address, repository, reference: details?.image?.digest ?? reference };
}

/** How two images differ by their manifests and configs; asked for as soon as both are known. */
export function useComparison(both: Both, areKnown: boolean) {
  const { api } = useRegent();
  return useQuery({
    ...api.repositories.compare.queryOptions({
      input: { left: { ...both.left }, right: { ...both.right } },
      enabled: areKnown,
      staleTime: Infinity,
    }),
    placeholderData: keepPreviousData,
  });
}
