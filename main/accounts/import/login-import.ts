import type { FoundLogin, ImportedLogin } from '../../../shared/model/found-login.ts';

/** Logins that other programs keep, and the way of taking them over. Methods throw RegentError. */
export interface LoginImport {
  /**
   * What docker's and podman's files and docker's helpers hold, in one order. What can't be read is told as the
   * `problem` of an entry; it rejects only with what Regent's own list of accounts throws.
   */
  find(signal: AbortSignal): Promise<readonly FoundLogin[]>;
  /** One result for each id, in their order. Between two logins the signal ends it. */
  take(ids: readonly string[], signal: AbortSignal): Promise<readonly ImportedLogin[]>;
}
