import type { TagDetail } from './tag-details.ts';

/** A row of the table of tags; without detail while nobody has asked for it. */
export interface TagRow {
  readonly name: string;
  readonly detail: TagDetail | undefined;
}
