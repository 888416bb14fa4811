import type { ErrorCode } from './codes.ts';
import type { Problem } from './problem.ts';

const codes: ReadonlySet<ErrorCode> = new Set([
  // Of a container program.
  'ENGINE_NOT_FOUND',
  'ENGINE_SIGNED_OUT',
  'ENGINE_DIGEST_MISMATCH',
  // Of Regent's own client.
  'SIGN_IN_REQUIRED',
  'CREDENTIALS_REJECTED',
  'IDENTITY_TOKEN_REJECTED',
  'IDENTITY_TOKEN_UNSUPPORTED',
  'ACCESS_DENIED',
]);

/**
 * Whether a refusal shows that somebody got through to the registry: it has no such image, sends another, or wants
 * another login. Each can be said only over a connection that was trusted.
 */
export function gotThrough({ code }: Problem): boolean {
  return codes.has(code);
}
