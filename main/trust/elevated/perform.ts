import { UnsafePath } from '../../platform/check-folder.ts';
import { certsFolders } from '../targets/docker-engine.ts';
import { putCertificates } from './put-certificates.ts';
import { ForeignFile, type Receipt } from './receipt.ts';
import { removeCertificates } from './remove-certificates.ts';
import { type ElevatedRequest, parseElevatedRequest } from './request.ts';

/**
 * Carries out one request. The same code runs as root, and in Regent's own process where that may write.
 * @param text the request in JSON
 * @param certsD Docker's trust folder; the only place that is ever changed
 */
export async function perform(text: string, certsD: string): Promise<Receipt> {
  const request = parseElevatedRequest(text);
  if (!request) return { ok: false, reason: 'invalid-request', path: '', detail: '' };
  try {
    return await carryOut(request, certsFolders(certsD, request.address));
  } catch (error) {
    return refusalOf(error);
  }
}

async function carryOut(request: ElevatedRequest, folders: readonly string[]): Promise<Receipt> {
  if (request.verb === 'put-certificates') return putCertificates(folders, request.certificates);
  const foreign = request.folders.find((path) => !folders.includes(path));
  if (foreign !== undefined) {
    return { ok: false, reason: 'invalid-request', path: foreign, detail: '' };
  }
  return removeCertificates(folders, request.sha256s, request.folders);
}

function refusalOf(error: unknown): Receipt {
  if (error instanceof UnsafePath) {
    return { ok: false, reason: 'unsafe', path: error.path, detail: error.reason };
  }
  if (error instanceof ForeignFile) {
    return { ok: false, reason: 'changed', path: error.path, detail: '' };
  }
  const { path = '', code = '' } = error as NodeJS.ErrnoException;
  return { ok: false, reason: 'failed', path, detail: code };
}
