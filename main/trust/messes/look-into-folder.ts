import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mess } from '../../../shared/model/trust.ts';
import { statIfThere } from '../../platform/check-folder.ts';
import { shadows } from '../edit/hosts-toml.ts';
import { readAuthorityFile } from '../material/read-authority-file.ts';
import type { Machine } from '../targets/target.ts';
import { findPemBlocks } from '../x509/pem.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { messIdOf } from './mess-id.ts';

/** What was found in a folder. */
interface Looked {
  readonly messes: readonly Mess[];
}

type Place = Pick<Mess, 'consumer' | 'address'>;

/** Names under which people save authorities and which no engine reads as such. */
const UNREAD = /\.(pem|cer|der|p7b|CRT|Crt|PEM|CER)$/;

/** Looks for files that an engine ignores, trips over or reads instead of the right ones. */
export async function lookIntoFolder(
  folder: string,
  place: Place,
  machine: Machine,
): Promise<Looked> {
  const names = await machine.names(folder);
  const kinds = await Promise.all(
    names.map(async (name) => {
      const kind = await kindOf(join(folder, name), name, names);
      return kind === undefined ? [] : [await describe(kind, join(folder, name), place)];
    }),
  );
  return { messes: kinds.flat() };
}

async function describe(kind: Mess['kind'], path: string, place: Place): Promise<Mess> {
  const mess = { ...place, kind, path };
  return { ...mess, id: messIdOf(mess), mendable: true };
}

async function kindOf(
  path: string,
  name: string,
  names: readonly string[],
): Promise<Mess['kind'] | undefined> {
  if (name === 'hosts.toml') {
    const text = await readFile(path, 'utf8').catch(() => '');
    const hasAuthorities = names.some((other) => other.endsWith('.crt'));
    return hasAuthorities && shadows(text) ? 'hidden-by-hosts-toml' : undefined;
  }
  if (name.endsWith('.crt')) return faultOf(path);
  const isLonelyCert = name.endsWith('.cert') && !names.includes(name.replace(/cert$/, 'key'));
  if (!isLonelyCert && !UNREAD.test(name)) return undefined;
  return (await certificatesIn(path)).length > 0 ? 'misnamed' : undefined;
}

async function faultOf(path: string): Promise<Mess['kind'] | undefined> {
  const stat = await statIfThere(path).catch(() => undefined);
  if (stat?.isSymbolicLink()) {
    return (await readFile(path).catch(() => undefined)) ? undefined : 'dangling';
  }
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) return undefined;
  const text = bytes.toString('utf8');
  // Old engines skip what they can't read, newer ones refuse all pulls over it.
  return text.startsWith('\ufeff') || findPemBlocks(text).length === 0 ? 'unreadable' : undefined;
}

/** The certificates in a file, in whatever form; none when it can't be read. */
export async function certificatesIn(path: string): Promise<readonly ReadCertificate[]> {
  try {
    return readAuthorityFile(await readFile(path), { path }).certificates;
  } catch {
    return [];
  }
}
