import { RegentError } from '../../../shared/errors/index.ts';

/** A login as it is sent. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Credentials with an identity: another password of the same user is another account to a token cache. */
export interface Account extends Credentials {
  readonly id: number;
}

/** The login of one registry, read when it is needed and kept in memory until the registry refuses it. */
export interface AccountSource {
  /** The account that was read last; null when there was none or nothing has been read. */
  known(): Account | null;
  /** Reads anew; calls at the same time share one reading. */
  read(): Promise<Account | null>;
}

/** Makes a source out of a reader, such as one of the keychain. */
export function createAccountSource(reader: () => Promise<Credentials | null>): AccountSource {
  let known: Account | null = null;
  let lastId = 0;
  let reading: Promise<Account | null> | undefined;
  const readOnce = async (): Promise<Account | null> => {
    const found = await reader();
    if (!found) known = null;
    else if (known?.username !== found.username || known.password !== found.password) {
      lastId += 1;
      known = { username: found.username, password: found.password, id: lastId };
    }
    return known;
  };
  const read = (): Promise<Account | null> => {
    reading ??= readOnce().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  return { known: () => known, read };
}

/**
 * The value of `Authorization` for Basic (RFC 7617, in UTF-8).
 * @throws RegentError `CREDENTIALS_INVALID` for what Basic can't carry: a colon in the user name, controls
 */
export function basicHeader({ username, password }: Credentials, address: string): string {
  const refused = /[\u0000-\u001f\u007f]/.exec(username + password) ?? /:/.exec(username);
  if (refused) {
    const reason = `U+${refused[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    throw new RegentError('CREDENTIALS_INVALID', { address, reason });
  }
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
