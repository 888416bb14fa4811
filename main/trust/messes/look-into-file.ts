import { readFile, stat } from 'node:fs/promises';
import { RegentError } from '../../../shared/errors/index.ts';
import { findBlocks, type LabelledBlock } from '../material/pem-blocks.ts';
import { AUTHORITY_FILE_LIMIT, readOpenFile } from '../material/read-authority-file.ts';
import { textOf } from '../material/text-of.ts';
import { findPemBlocks } from '../x509/pem.ts';
import { type ReadCertificate, readCertificate } from '../x509/read-certificate.ts';
import { openTrusted } from './trusted-certificate.ts';

/** What is in a file that should be an authority. */
export interface Held {
  /** SHA-256 of the certificates that an engine reads in it. */
  readonly read: readonly string[];
  /** All certificates in it, in whatever form, each once. */
  readonly certificates: readonly ReadCertificate[];
  /** Whether there is more in it, which Regent does not take out: a key, something locked or limited. */
  readonly isLocked: boolean;
}

const nothing: Held = { read: [], certificates: [], isLocked: false };

/** Looks into a file, links followed; undefined where it can't be read, so that nothing can be said of it. */
export async function lookIntoFile(path: string): Promise<Held | undefined> {
  try {
    const kind = await stat(path);
    // Reading a pipe would wait for whoever writes to it.
    if (!kind.isFile()) return undefined;
    if (kind.size > AUTHORITY_FILE_LIMIT) return { ...nothing, isLocked: true };
    return holdings(await readFile(path), path);
  } catch {
    return undefined;
  }
}

function holdings(bytes: Buffer, path: string): Held {
  const read = findPemBlocks(bytes.toString('utf8')).flatMap(({ der }) => fingerprintOf(der));
  try {
    const { certificates } = readOpenFile(bytes, path);
    return { read, certificates, isLocked: false };
  } catch (error) {
    if (!(error instanceof RegentError)) throw error;
    if (error.code === 'CA_FILE_INVALID') return { ...nothing, read };
    const blocks = findBlocks(textOf(bytes));
    const opened = openAll(blocks);
    if (opened.length > 0) return { read, certificates: opened, isLocked: false };
    // A key by itself is junk in the place of an authority; beside a certificate it is somebody's server.
    const isKey = error.code === 'CA_FILE_PRIVATE_KEY';
    const isLocked = !isKey || blocks.some(({ label }) => label.endsWith('CERTIFICATE'));
    return { read, certificates: [], isLocked };
  }
}

/** The certificates of a text in OpenSSL's own form; none where one of its blocks can't be taken out. */
function openAll(blocks: readonly LabelledBlock[]): readonly ReadCertificate[] {
  const opened = blocks.flatMap(({ label, der }) =>
    label === 'TRUSTED CERTIFICATE' ? (openTrusted(der) ?? []) : [],
  );
  return opened.length === blocks.length ? opened : [];
}

function fingerprintOf(der: Uint8Array): readonly string[] {
  try {
    return [readCertificate(der).sha256];
  } catch {
    return [];
  }
}
