import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDigest } from '../../../shared/model/digest.ts';
import { isTag } from '../../../shared/model/reference.ts';
import { temporaryBeside } from '../../platform/leftovers.ts';
import { ignore } from './private-folder.ts';

/** What was seen in one repository with one login: a file of lines that several processes add to. */
export interface PlaceNotes {
  /** The media type under which a digest was seen here; empty for a blob, undefined when it was not. */
  typeOf(digest: string): string | undefined;
  /** The digest that a tag had when it was last asked for here. */
  digestOf(tag: string): string | undefined;
  note(digest: string, mediaType: string): void;
  noteTag(tag: string, digest: string): void;
  /** Writes down what was noted since the last time. @throws NodeJS.ErrnoException */
  flush(): Promise<void>;
}

/** Of each kind in one repository. More would be more than anybody looks at. */
const NOTES = 50_000;
const MEDIA_TYPE = /^[\w.+/-]{1,200}$/;
const LINE = /^(?:d (\S+) (\S+)|t (\S+) (\S+))$/;
/** A file with this many lines more than it says things is written anew. */
const SLACK = 2_000;

interface State {
  readonly types: Map<string, string>;
  readonly tags: Map<string, string>;
}

/** Reads what was noted so far; a file that is damaged counts for the lines that are not. @throws NodeJS.ErrnoException */
export async function openPlaceNotes(path: string): Promise<PlaceNotes> {
  const state: State = { types: new Map(), tags: new Map() };
  const text = (await readFile(path, 'utf8').catch(ignore('ENOENT'))) ?? '';
  const lines = text.split('\n');
  for (const line of lines) take(state, line);
  trim(state.types);
  trim(state.tags);
  const said = state.types.size + state.tags.size;
  if (lines.length > 2 * said + SLACK) await rewrite(path, state).catch(() => undefined);

  let fresh = '';
  const say = (line: string) => {
    if (take(state, line)) fresh += `${line}\n`;
  };
  return {
    typeOf: (digest) => state.types.get(digest),
    digestOf: (tag) => state.tags.get(tag),
    note: (digest, mediaType) => {
      if (state.types.get(digest) !== mediaType) say(`d ${digest} ${mediaType || '-'}`);
    },
    noteTag: (tag, digest) => {
      if (state.tags.get(tag) !== digest) say(`t ${tag} ${digest}`);
    },
    flush: async () => {
      if (fresh === '') return;
      const added = fresh;
      fresh = '';
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // One write at the end of the file, wherever that is by then: lines of other processes stay whole.
      await appendFile(path, added, { mode: 0o600 });
    },
  };
}

/** Takes a line in, unless it is none. */
function take({ types, tags }: State, line: string): boolean {
  const [, digest, type, tag, tagged] = LINE.exec(line) ?? [];
  if (digest && type && isDigest(digest) && (type === '-' || MEDIA_TYPE.test(type))) {
    types.set(digest, type === '-' ? '' : type);
    return true;
  }
  if (!tag || !tagged || !isTag(tag) || !isDigest(tagged)) return false;
  tags.set(tag, tagged);
  return true;
}

/** The first ones go. */
function trim(map: Map<string, string>): void {
  for (const key of map.keys()) {
    if (map.size <= NOTES) return;
    map.delete(key);
  }
}

/** What another process adds meanwhile is lost, and fetched again when it is wanted. */
async function rewrite(path: string, { types, tags }: State): Promise<void> {
  const temporary = temporaryBeside(path);
  const text = [
    ...[...types].map(([digest, type]) => `d ${digest} ${type || '-'}\n`),
    ...[...tags].map(([tag, digest]) => `t ${tag} ${digest}\n`),
  ].join('');
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: 0o600 });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
