/**
 * Why an encrypted file can't be opened: its password is missing or wrong, it is encrypted in a way that is not
 * known here, or opening it would take longer than anybody waits.
 */
export class Locked extends Error {
  override readonly name = 'Locked';

  constructor(readonly reason: 'password' | 'encryption') {
    super(reason);
  }
}

/** A password in the two forms that key derivations want. */
export interface Secret {
  /** UTF-8, for PBKDF2. */
  readonly utf8: Uint8Array;
  /** UTF-16, big end first, with a zero at the end, for PKCS#12's own derivation (RFC 7292, B.1). */
  readonly utf16: Uint8Array;
}

/**
 * The forms of a password, to be tried in turn: some programs take an empty one for two zero bytes, some for none.
 */
export function secretsOf(password: string): readonly Secret[] {
  const utf8 = Buffer.from(password, 'utf8');
  const utf16 = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const terminated: Secret = { utf8, utf16 };
  return password === '' ? [terminated, { utf8, utf16: new Uint8Array() }] : [terminated];
}

/**
 * What may still be worked on one file, all its parts and keys together: a hostile file must not keep anybody
 * busy. One unit is some half a microsecond: a round of PBKDF2 with SHA-256, or 128 bytes of scrypt's memory.
 */
export interface Effort {
  /** Counts work before it is done. @throws Locked when there is not enough left */
  spend(units: number): void;
}

/** Some one and a half seconds' worth. Programs use 2,048 to 1,000,000 rounds. */
export const MOST_EFFORT = 3_000_000;

/** Begins to count for one file. */
export function beginEffort(): Effort {
  let left = MOST_EFFORT;
  return {
    spend: (units) => {
      if (!(units >= 1) || units > left) throw new Locked('encryption');
      left -= units;
    },
  };
}
