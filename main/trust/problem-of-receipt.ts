import { type Problem, problem } from '../../shared/errors/index.ts';
import type { JobReceipt } from './elevated/receipt.ts';

/** The words for a part that was not carried out. */
export function problemOfReceipt(receipt: JobReceipt & { readonly ok: false }): Problem {
  const { reason, path, detail, refusal } = receipt;
  switch (reason) {
    case 'unsafe':
      return problem('TRUST_TARGET_UNSAFE', { path, reason: detail });
    case 'changed':
      return problem('TRUST_TARGET_CHANGED', { path });
    case 'edit':
      return problem('EDIT_REFUSED', { path, reason: refusal, detail });
    case 'program':
      return problem('PROGRAM_FAILED', { program: path, detail });
    case 'failed':
      return problem('FILE_FAILED', { path, reason: detail });
  }
}
