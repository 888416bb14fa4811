import { errorTable, type Problem } from '../../../shared/errors/index.ts';

/** A wish to sign in where one stands. */
export interface SignInWish {
  /** The registry; null where the person says which. */
  readonly address: string | null;
  /** Whose login; not given, it is that of the account in use. */
  readonly username?: string;
  /** What failed for want of a login, to be tried again; repositories and tags are asked for anew in any case. */
  readonly afterwards?: () => unknown;
}

/** The wish that a problem with a registry leads to. */
export function wishFor(
  problem: Problem | null,
  address: string,
  afterwards: () => unknown = () => undefined,
): SignInWish {
  const whose = problem?.code === 'CREDENTIALS_REJECTED' ? { username: problem.data.username } : {};
  return { address, afterwards, ...whose };
}

/** Whether signing in mends a problem. */
export function needsLogin({ code }: Problem): boolean {
  return errorTable[code].action === 'sign-in';
}
