import type { ErrorCode } from './codes.ts';

/** Whether an error, or a problem, says that a registry or its token server does not take a login. */
export function isRefusedLogin({ code }: { readonly code: ErrorCode }): boolean {
  return code === 'CREDENTIALS_REJECTED' || code === 'IDENTITY_TOKEN_REJECTED';
}
