import { TarError } from './tar-header.ts';

const [SPACE, EQUALS, NEWLINE] = [0x20, 0x3d, 0x0a];

/**
 * Reads the records `LENGTH KEY=VALUE\n` that POSIX archives put before an entry. Values are bytes: paths are in
 * whatever encoding the file system had.
 * @throws TarError
 */
export function readPaxRecords(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(SPACE, at);
    const digits = bytes.toString('latin1', at, Math.min(space, at + 10));
    const end = at + (/^\d{1,9}$/.test(digits) && space !== -1 ? Number(digits) : 0);
    const equals = bytes.indexOf(EQUALS, space);
    const isSound =
      end > space && end <= bytes.length && bytes[end - 1] === NEWLINE && equals !== -1;
    if (!isSound || equals >= end || equals === space + 1) throw new TarError('a damaged record');
    const value = bytes.subarray(equals + 1, end - 1);
    records.set(bytes.toString('utf8', space + 1, equals), value);
    at = end;
  }
  return records;
}

/** A whole number of a record; undefined when there is none. @throws TarError */
export function paxNumber(records: ReadonlyMap<string, Buffer>, key: string): number | undefined {
  const text = records.get(key)?.toString('latin1');
  if (text === undefined || text === '') return undefined;
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new TarError('a record whose number is none');
  return value;
}

/** Seconds since 1970, with their fractions; undefined when there is no such record. @throws TarError */
export function paxTime(records: ReadonlyMap<string, Buffer>, key: string): number | undefined {
  const text = records.get(key)?.toString('latin1');
  if (text === undefined || text === '') return undefined;
  if (!/^-?\d{1,15}(\.\d{0,30})?$/.test(text)) throw new TarError('a time that is none');
  return Number(text);
}
