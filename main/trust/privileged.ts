import * as z from 'zod';
import { RegentError } from '../../shared/errors/index.ts';
import type { Elevate } from '../platform/elevation.ts';
import { perform } from './elevated/perform.ts';
import type { Receipt } from './elevated/receipt.ts';
import type { ElevatedRequest } from './elevated/request.ts';
import { certsFolder } from './targets/docker-engine.ts';

type Success = Receipt & { readonly ok: true };

/** Makes changes in Docker's trust folder, as root if it must be. @param command the same as shell commands */
export type Privileged = (request: ElevatedRequest, command: string) => Promise<Success>;

const doneSchema = z.array(
  z.object({
    path: z.string(),
    status: z.enum(['written', 'already', 'created', 'removed', 'gone', 'kept']),
  }),
);
const receiptSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), files: doneSchema, folders: doneSchema }),
  z.object({
    ok: z.literal(false),
    reason: z.enum(['invalid-request', 'unsafe', 'changed', 'failed']),
    path: z.string(),
    detail: z.string(),
  }),
]);

/** Whether this process may make changes below a path itself. */
export type IsWritable = (path: string) => Promise<boolean>;

/**
 * Prepares changes in Docker's trust folder: in this process where it may write there, else by one elevated
 * step that runs the same code. Its functions throw RegentError: `TRUST_TARGET_UNSAFE`,
 * `TRUST_TARGET_CHANGED`, `FILE_FAILED`, and what `elevate` throws.
 */
export function createPrivileged(
  certsD: string,
  elevate: Elevate,
  isWritable: IsWritable,
): Privileged {
  return async (request, command) => {
    const text = JSON.stringify(request);
    const receipt = (await isWritable(certsFolder(certsD, request.address)))
      ? await perform(text, certsD)
      : readReceipt(await elevate(text, command));
    if (receipt.ok) return receipt;
    throw refusal(receipt);
  };
}

function readReceipt(stdout: string): Receipt {
  try {
    return receiptSchema.parse(JSON.parse(stdout));
  } catch (error) {
    throw new RegentError('ELEVATION_FAILED', { detail: 'no receipt' }, error);
  }
}

function refusal({ reason, path, detail }: Receipt & { readonly ok: false }): RegentError {
  switch (reason) {
    case 'unsafe':
      return new RegentError('TRUST_TARGET_UNSAFE', { path, reason: detail });
    case 'changed':
      return new RegentError('TRUST_TARGET_CHANGED', { path });
    case 'failed':
      return new RegentError('FILE_FAILED', { path, reason: detail });
    case 'invalid-request':
      return new RegentError('ELEVATION_FAILED', { detail: `${reason} ${path}`.trim() });
  }
}
