import type { Tag } from './image.ts';

/** The best known date of a tag, ISO 8601: when its image was made, else when it was pushed; null where neither is told. */
export function dateOfTag({ created, pushed = null }: Tag): string | null {
  return created ?? pushed;
}
