import { dirname, join } from 'node:path';
import { certificateFileName } from '../certificate-file.ts';
import type { OwnFile } from '../operations/operation.ts';
import { sha256Of } from '../x509/fingerprint.ts';
import { findPemBlocks } from '../x509/pem.ts';
import type { TrustWish } from './target.ts';

const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;
/** A client's key: for the owner alone. */
const KEY_MODE = 0o600;

/** A file of Regent's own with this content. @param folders see `OwnFile` */
export function ownFile(path: string, content: string, folders: readonly string[]): OwnFile {
  return {
    kind: 'own-file',
    ...{ path, folders, folderMode: FOLDER_MODE, mode: FILE_MODE, content },
    sha256: sha256Of(Buffer.from(content)),
    secret: false,
  };
}

/** A certificate file of Regent's own, which loses only its certificate where somebody has added to it. */
export function certificateFile(
  path: string,
  { pem, sha256 }: { readonly pem: string; readonly sha256: string },
  folders: readonly string[],
): OwnFile {
  const without = (text: string) => withoutCertificate(text, sha256);
  return { ...ownFile(path, pem, folders), without };
}

/**
 * The files of a folder that is read as Docker reads it: every `*.crt` an authority, every `*.cert` with a
 * `*.key` of the same name a certificate to show (moby, daemon/pkg/registry; containers/image, tlsclientconfig).
 * @param root the outermost folder that may be made
 * @param folder the registry's own
 */
export function certsFolderFiles(
  { certificates, client }: TrustWish,
  root: string,
  folder: string,
): readonly OwnFile[] {
  const folders = foldersBetween(root, folder);
  const files = certificates.map((certificate) =>
    certificateFile(
      join(folder, certificateFileName(certificate.sha256, 'crt')),
      certificate,
      folders,
    ),
  );
  return [...files, ...clientFiles({ client }, folder, folders)];
}

/** A certificate to show the registry and its key, under one name; the key first, since one without the other is an error. */
export function clientFiles(
  { client }: Pick<TrustWish, 'client'>,
  folder: string,
  folders: readonly string[],
): readonly OwnFile[] {
  if (!client) return [];
  const base = join(folder, `regent-${client.sha256.slice(0, 16)}`);
  const certificate = ownFile(`${base}.cert`, client.certificatePem, folders);
  const key: OwnFile = {
    ...certificate,
    path: `${base}.key`,
    ...{ content: client.keyPem, sha256: client.keySha256, mode: KEY_MODE, secret: true },
  };
  return [key, certificate];
}

/**
 * The names under which a registry's folder is looked for, the first one first: `host_port_` and `host:port`
 * (containerd, core/remotes/docker/config).
 */
export function folderNames(address: string): readonly string[] {
  const underscored = address.replace(/:(\d+)$/, '_$1_');
  return underscored === address ? [address] : [underscored, address];
}

/** The folders from one to another below it, both included, outermost first. */
export function foldersBetween(root: string, folder: string): readonly string[] {
  const folders = [folder];
  while (folders[0] !== root && dirname(folders[0] ?? root) !== folders[0]) {
    folders.unshift(dirname(folders[0] ?? root));
  }
  return folders;
}

/** The text without the blocks of one certificate, byte for byte otherwise. */
function withoutCertificate(text: string, sha256: string): string {
  return findPemBlocks(text)
    .filter(({ der }) => sha256Of(der) === sha256)
    .toReversed()
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}
