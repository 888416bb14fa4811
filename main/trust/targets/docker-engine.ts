import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { certificateFileName } from '../certificate-file.ts';

/** The folder's name as Docker looks for it: the address as typed; Windows can't have the colon, so it is dropped there. */
function certsFolderName(address: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? address.replaceAll(':', '') : address;
}

/** The folder where Docker Engine looks for the certificates of one registry. @param certsD Docker's trust folder */
export function certsFolder(certsD: string, address: string): string {
  return join(certsD, certsFolderName(address, process.platform));
}

/** The folders that a certificate needs, outermost first: Docker's own, the trust folder, the registry's. */
export function certsFolders(certsD: string, address: string): readonly string[] {
  return [dirname(certsD), certsD, certsFolder(certsD, address)];
}

/** Regent's own file for a certificate in that folder. */
export function certsFile(certsD: string, address: string, sha256: string): string {
  return join(certsFolder(certsD, address), certificateFileName(sha256, 'crt'));
}

/** Where the traces of a rootful Docker Engine are on Linux. */
const TRACES = [
  '/etc/docker',
  '/usr/bin/dockerd',
  '/usr/sbin/dockerd',
  '/usr/local/bin/dockerd',
  '/var/run/docker.sock',
];

/**
 * Whether this machine has a Docker Engine, running or not. Docker Desktop, on other systems, leaves a socket in
 * the same place but reads no trust from this machine's /etc.
 */
export async function hasDockerEngine(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const found = await Promise.all(
    TRACES.map((path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

/** Whether this process may make changes below a path itself: the nearest folder that exists says so. */
export async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    return isMissing && dirname(path) !== path ? isWritable(dirname(path)) : false;
  }
}
