import { fileLimits } from '../file-limits.ts';
import { paxNumber, paxTime, readPaxRecords } from './pax-records.ts';
import { BLOCK, readTarHeader, TarError, type TarHeader } from './tar-header.ts';

/** What an entry is. Other kinds are left out: nothing that unpacks layers knows them. */
type TarKind = 'file' | 'folder' | 'link' | 'hard-link' | 'device';

/** One entry of an archive; names in bytes, as they stand there. */
export interface TarEntry {
  readonly name: Buffer;
  readonly linkName: Buffer;
  readonly kind: TarKind;
  /** Bytes of the file, holes included. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly modified: number;
  /** Whether holes are left out of the content. */
  readonly isSparse: boolean;
}

/** Takes the content of one entry: pieces, and then its end. A piece is only lent. */
export interface ContentSink {
  write(piece: Buffer): void;
  end(): void;
}

/** Told of each entry before its content; gives what that content is for, or nothing to skip it. */
export type EntryListener = (entry: TarEntry) => ContentSink | undefined;

/** Reads an archive that is pushed into it in pieces of any length. Both throw {@link TarError}. */
export interface TarReader {
  write(piece: Buffer): void;
  /** To be called when there are no more pieces. */
  end(): void;
}

const KINDS: Readonly<Record<string, TarKind>> = {
  ...{ '0': 'file', '\0': 'file', '7': 'file', S: 'file' },
  ...{ '5': 'folder', '2': 'link', '1': 'hard-link' },
  ...{ '3': 'device', '4': 'device', '6': 'device' },
};

/** Said by entries of type `x`, `L` and `K` about the next one. */
interface Extra {
  records: ReadonlyMap<string, Buffer>;
  name: Buffer | undefined;
  linkName: Buffer | undefined;
}

const nothing: ReadonlyMap<string, Buffer> = new Map();
const noExtra = (): Extra => ({ records: nothing, name: undefined, linkName: undefined });

/**
 * Makes a reader for POSIX, GNU, star and old archives. It follows Go's archive/tar where programs differ, since that
 * is what the engines unpack with: global records count for nothing, and only files have content.
 */
export function createTarReader(listen: EntryListener): TarReader {
  let extra = noExtra();
  const block = Buffer.alloc(BLOCK);
  /** Where a header, or what says more about an entry, is put together. */
  let gathered: Buffer = block;
  let have = 0;
  let whenGathered: (bytes: Buffer) => void = onHeader;
  /** Content that follows, and the padding after it. */
  let [content, padding] = [0, 0];
  let sink: ContentSink | undefined;
  let isOver = false;

  function gather(into: Buffer, then: (bytes: Buffer) => void): void {
    [gathered, have, whenGathered] = [into, 0, then];
  }

  function onHeader(): void {
    const header = readTarHeader(block);
    gather(block, onHeader);
    if (!header) isOver = true;
    else if ('xXLK'.includes(header.type)) gatherExtra(header);
    else if (header.type === 'g') pass(header.size, undefined);
    else if (header.sparse?.goesOn) gather(block, () => onSparseBlock(header));
    else begin(header);
  }

  function gatherExtra({ type, size }: TarHeader): void {
    if (size > fileLimits.extraHeader) throw new TarError('a name without end');
    if (size === 0) return;
    gather(Buffer.alloc(size), (bytes) => {
      if (type === 'L') extra.name = upToNul(bytes);
      else if (type === 'K') extra.linkName = upToNul(bytes);
      else extra.records = readPaxRecords(bytes);
      padding = paddingOf(size);
      gather(block, onHeader);
    });
  }

  /** GNU's list of the parts that are no holes goes on in blocks of its own. */
  function onSparseBlock(header: TarHeader): void {
    if (block[504] !== 0) gather(block, () => onSparseBlock(header));
    else {
      gather(block, onHeader);
      begin(header);
    }
  }

  function begin(header: TarHeader): void {
    const entry = entryOf(header, extra);
    const stored = paxNumber(extra.records, 'size') ?? header.size;
    if (stored < 0) throw new TarError('a negative size');
    extra = noExtra();
    const hasContent = !entry || entry.kind === 'file';
    pass(hasContent ? stored : 0, entry && listen(entry));
  }

  function pass(length: number, to: ContentSink | undefined): void {
    [content, padding, sink] = [length, paddingOf(length), to];
    if (length === 0) finish();
  }

  function finish(): void {
    sink?.end();
    sink = undefined;
  }

  return {
    write: (piece) => {
      for (let at = 0; at < piece.length && !isOver; ) {
        const rest = piece.length - at;
        if (content > 0) {
          const length = Math.min(content, rest);
          sink?.write(piece.subarray(at, at + length));
          [content, at] = [content - length, at + length];
          if (content === 0) finish();
        } else if (padding > 0) {
          const length = Math.min(padding, rest);
          [padding, at] = [padding - length, at + length];
        } else {
          const length = Math.min(gathered.length - have, rest);
          piece.copy(gathered, have, at, at + length);
          [have, at] = [have + length, at + length];
          if (have === gathered.length) whenGathered(gathered);
        }
      }
    },
    end: () => {
      // Some writers leave the closing zeros out.
      const isCut = content > 0 || have > 0 || whenGathered !== onHeader;
      if (!isOver && isCut) throw new TarError('an archive that was cut off');
    },
  };
}

/** The entry with all that was said about it before; undefined for kinds that nobody unpacks. */
function entryOf(header: TarHeader, { records, name, linkName }: Extra): TarEntry | undefined {
  const found = name ?? records.get('path') ?? header.name;
  // Old archives know no folders, only names that end like one.
  const isOldFolder = header.type === '\0' && found.at(-1) === 0x2f;
  const kind = isOldFolder ? 'folder' : KINDS[header.type];
  if (!kind) return undefined;
  const realSize =
    header.sparse?.realSize ??
    paxNumber(records, 'GNU.sparse.realsize') ??
    paxNumber(records, 'GNU.sparse.size');
  return {
    name: records.get('GNU.sparse.name') ?? found,
    linkName: linkName ?? records.get('linkpath') ?? header.linkName,
    kind,
    size: kind === 'file' ? (realSize ?? paxNumber(records, 'size') ?? header.size) : 0,
    mode: header.mode,
    uid: paxNumber(records, 'uid') ?? header.uid,
    gid: paxNumber(records, 'gid') ?? header.gid,
    modified: paxTime(records, 'mtime') ?? header.modified,
    isSparse: realSize !== undefined,
  };
}

function upToNul(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return Buffer.from(end === -1 ? bytes : bytes.subarray(0, end));
}

function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}
