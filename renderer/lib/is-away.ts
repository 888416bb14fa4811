import type { ErrorCode, Problem } from '../../shared/errors/index.ts';

const AWAY: ReadonlySet<ErrorCode> = new Set([
  'HOST_UNKNOWN',
  'CONNECTION_REFUSED',
  'CONNECTION_TIMEOUT',
  'CONNECTION_FAILED',
  'PROXY_FAILED',
  'PROXY_REFUSED',
  'PROXY_SIGN_IN',
  'RATE_LIMITED',
] as const);

/**
 * Whether a registry only can't answer now: what it said before still stands, unlike after a refusal. A fault of its own
 * (HTTP status 5xx) counts too.
 */
export function isAway(problem: Problem): boolean {
  return (
    AWAY.has(problem.code) || (problem.code === 'REGISTRY_ERROR' && problem.data.status >= 500)
  );
}
