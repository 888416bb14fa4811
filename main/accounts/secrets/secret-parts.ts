/** What an item's text says when the secret is too big for one item: where its parts are. */
export interface PartsHead {
  /** 16 hex digits, new with every save, so that old and new parts never mix. */
  readonly id: string;
  readonly count: number;
  /** Of the parts put together. */
  readonly sha256: string;
}

const PREFIX = 'regent-parts:1:';
const HEAD = /^regent-parts:1:([0-9a-f]{16}):(\d{1,6}):([0-9a-f]{64})$/;

/** Whether an item can hold the secret as it is. It must fit, hold no C string's end, not be empty, and not look like a head. */
export function fitsOneItem(secret: string, limit: number): boolean {
  return (
    secret !== '' &&
    !secret.includes('\0') &&
    !secret.startsWith(PREFIX) &&
    Buffer.byteLength(secret) <= limit
  );
}

/** Reads an item's text as a head; undefined when it is a whole secret. */
export function readHead(text: string): PartsHead | undefined {
  const match = HEAD.exec(text);
  return match
    ? { id: match[1] ?? '', count: Number(match[2]), sha256: match[3] ?? '' }
    : undefined;
}

/** The head as an item's text. */
export function formatHead({ id, count, sha256 }: PartsHead): string {
  return `${PREFIX}${id}:${count}:${sha256}`;
}

/** The name of a part's item. `n` counts from 0. */
export function partName(item: string, id: string, n: number): string {
  return `${item} part ${id} ${n}`;
}
