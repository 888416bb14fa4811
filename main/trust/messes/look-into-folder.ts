import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAddress } from '../../../shared/model/address.ts';
import type { Mess } from '../../../shared/model/trust.ts';
import { statIfThere } from '../../platform/check-folder.ts';
import { matchesHost } from '../verify/host-name.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { hidesAuthorities } from './hides-authorities.ts';
import { type Held, lookIntoFile } from './look-into-file.ts';

/** Something wrong with one path in a folder. */
export interface Fault {
  readonly kind: Mess['kind'];
  readonly path: string;
  /** What has to be written in its place; null for nothing. */
  readonly certificate: ReadCertificate | null;
  /** Whether it can be put right without losing anything. */
  readonly mendable: boolean;
}

/** The registry whose folder it is, and how its consumer reads it. */
export interface FolderReader {
  readonly address: string;
  /** Whether a hosts.toml in it counts. */
  readonly readsHostsToml: boolean;
}

interface Folder extends FolderReader {
  readonly path: string;
  readonly names: readonly string[];
  /** SHA-256 of all authorities that are read in it. */
  readonly read: ReadonlySet<string>;
}

/** Regent's own files, and what was put aside or kept as a copy by its name. */
const NOT_MEANT = /^regent-|\.set-aside-by-regent$/;

/** Endings under which people save authorities, in any case; none at all is one of them. */
const AUTHORITY_ENDING = /(^[^.]+|\.(crt|cert|cer|pem|der|p7b|p7c))$/i;

/**
 * The fault of a file where a registry's folder should be, as `cp ca.crt certs.d/HOST` makes it: engines fail with it.
 * Undefined for a folder, and where nothing is.
 */
export async function faultOfPlace(path: string): Promise<Fault | undefined> {
  const held = await lookIntoFile(path);
  if (!held) return undefined;
  return held.certificates.length > 0
    ? { kind: 'misnamed', path, ...replacedBy(held) }
    : { ...junk, path, mendable: !held.isLocked };
}

/** Finds the files in a registry's folder that its consumer ignores, trips over, or reads instead of others. */
export async function lookIntoFolder(
  path: string,
  all: readonly string[],
  reader: FolderReader,
): Promise<readonly Fault[]> {
  const names = all.filter((name) => !NOT_MEANT.test(name));
  const authorities = all.filter((name) => name.endsWith('.crt'));
  const held = await Promise.all(authorities.map((name) => lookIntoFile(join(path, name))));
  const read = new Set(held.flatMap((one) => one?.read ?? []));
  const folder: Folder = { ...reader, path, names, read };
  const faults = await Promise.all(names.map((name) => faultOf(name, folder)));
  return faults.flatMap((fault) => fault ?? []);
}

async function faultOf(name: string, folder: Folder): Promise<Fault | undefined> {
  const path = join(folder.path, name);
  if (name === 'hosts.toml') return faultOfHosts(path, folder);
  if (name.endsWith('.crt')) return faultOfAuthority(path);
  const half = /^(.*)\.(cert|key)$/.exec(name);
  if (half) {
    const other = `${half[1]}.${half[2] === 'key' ? 'cert' : 'key'}`;
    return folder.names.includes(other) ? undefined : faultOfHalf(path, folder);
  }
  return AUTHORITY_ENDING.test(name) ? faultOfName(path, folder) : undefined;
}

async function faultOfHosts(path: string, folder: Folder): Promise<Fault | undefined> {
  if (!folder.readsHostsToml || folder.read.size === 0) return undefined;
  const text = await readFile(path, 'utf8').catch(() => '');
  const hides = hidesAuthorities(text);
  const kind = 'hidden-by-hosts-toml';
  return hides && { kind, path, certificate: null, mendable: hides === 'says-nothing' };
}

/** Old engines skip what they can't read, newer ones refuse all pulls over it. */
async function faultOfAuthority(path: string): Promise<Fault | undefined> {
  const target = await statIfThere(path).catch(() => undefined);
  const held = await lookIntoFile(path);
  if (target?.isDirectory()) return { ...junk, path };
  if (!held) {
    const isBroken = target?.isSymbolicLink() && !(await leadsSomewhere(path));
    return isBroken ? { ...junk, kind: 'dangling', path } : undefined;
  }
  const { read, certificates, isLocked } = held;
  if (read.length > 0 && read.length >= certificates.length) return undefined;
  if (certificates.length === 0) return { ...junk, path, mendable: !isLocked };
  return { kind: 'unreadable', path, ...replacedBy(held) };
}

const junk = { kind: 'unreadable', certificate: null, mendable: true } as const;

/** Whether a link's target is there; one that may not be looked at is. */
async function leadsSomewhere(path: string): Promise<boolean> {
  const { code } = await stat(path).then(
    () => ({ code: '' }),
    (error: NodeJS.ErrnoException) => error,
  );
  return code !== 'ENOENT' && code !== 'ELOOP';
}

/** A certificate to show without its key, or the other way round, stops old engines; it may also be an authority. */
async function faultOfHalf(path: string, folder: Folder): Promise<Fault | undefined> {
  const named = path.endsWith('.cert')
    ? await faultOfName(path, { ...folder, read: new Set() })
    : undefined;
  return named ?? { kind: 'half-a-pair', path, certificate: null, mendable: true };
}

/** An authority under a name that is not read. One that is read from another file beside it is no loss. */
async function faultOfName(path: string, { address, read }: Folder): Promise<Fault | undefined> {
  const held = await lookIntoFile(path);
  if (!held || held.certificates.length === 0) return undefined;
  const { host } = parseAddress(address);
  const isMeant = held.certificates.every((one) => isAuthority(one, host));
  const isMissed = held.certificates.some(({ sha256 }) => !read.has(sha256));
  return isMeant && isMissed ? { kind: 'misnamed', path, ...replacedBy(held) } : undefined;
}

/** One that can be meant to be trusted here: an issuer, or the server's own. A client's is none. */
function isAuthority(certificate: ReadCertificate, host: string): boolean {
  const { basicConstraints, subject, issuer } = certificate;
  const isOwnIssuer = Buffer.compare(subject, issuer) === 0;
  return basicConstraints?.isCa === true || isOwnIssuer || matchesHost(certificate, host);
}

/** Which of several was meant to be trusted is for a person to say. */
function replacedBy({ certificates }: Held): Pick<Fault, 'certificate' | 'mendable'> {
  const [certificate = null, ...others] = certificates;
  return { certificate, mendable: others.length === 0 };
}
