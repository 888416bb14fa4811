import { assertNever } from '../model/assert-never.ts';
import type { FoundLogin, LoginOrigin } from '../model/found-login.ts';
import type { Translator } from './translator.ts';

/** A login that another program keeps, in words. */
interface FoundLoginWords {
  /** Whose it is; the place, where what is there can't be read at all. */
  readonly name: string;
  /** Where it stands, and what else is to be known of it. */
  readonly place: readonly string[];
  /** What is unsafe about that. */
  readonly risks: readonly string[];
}

/** Puts a found login into words, from the catalogue keys `accounts.found.…`. */
export function sayFoundLogin(t: Translator, login: FoundLogin): FoundLoginWords {
  const { address, key, origin, risks, isKnown } = login;
  const place = sayOrigin(t, origin);
  return {
    name: address === '' ? place : nameLogin(t, login),
    place: [
      ...(address === '' ? [] : [place]),
      ...(key === address ? [] : [t('accounts.found.key', { key })]),
      ...(isKnown ? [t('accounts.found.known')] : []),
    ],
    risks: risks.map((risk) => t(`accounts.found.risk.${risk}`)),
  };
}

/** A login as it is called in a list, also one that was taken over. */
export function nameLogin(
  t: Translator,
  login: { readonly address: string; readonly username: string | null },
): string {
  const username = login.username ?? t('accounts.found.userUnknown');
  return t('accounts.found.loginOf', { address: login.address, username });
}

function sayOrigin(t: Translator, origin: LoginOrigin): string {
  switch (origin.kind) {
    case 'docker-config':
    case 'podman-auth':
      return t(`accounts.found.origin.${origin.kind}`, { path: origin.path });
    case 'docker-helper':
      return t('accounts.found.origin.docker-helper', { helper: origin.helper });
    default:
      return assertNever(origin);
  }
}
