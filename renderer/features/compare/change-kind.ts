/** How something stands in two images; what only the second one has was added. */
export const changeKinds = ['added', 'removed', 'changed'] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** Something that at least one of two images has; null marks the one that has none. */
export interface TwoSides {
  readonly left: unknown;
  readonly right: unknown;
}

/** How something stands that the images have not in common. */
export function kindOf({ left, right }: TwoSides): ChangeKind {
  if (left === null) return 'added';
  return right === null ? 'removed' : 'changed';
}
