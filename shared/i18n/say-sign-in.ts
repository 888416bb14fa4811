import type { KnownRegistry } from '../model/known-registry.ts';
import type { Translator } from './translator.ts';

/** How to sign in to a known registry, in words. */
interface SignInHint {
  readonly title: string;
  /** The registry's or the server's own name, such as `Docker Hub`. */
  readonly name: string;
  /** What goes into the field for the user, the field for the password, and how the registry is written. */
  readonly user: string;
  readonly password: string;
  readonly address: string;
}

/** Puts a known registry's way of signing in into words, from the catalogue keys `sign-in.<id>.…`. */
export function saySignIn(t: Translator, { id }: KnownRegistry): SignInHint {
  const name = t(`sign-in.${id}.name`);
  return {
    title: t('sign-in.title', { name }),
    name,
    user: t(`sign-in.${id}.user`),
    password: t(`sign-in.${id}.password`),
    address: t(`sign-in.${id}.address`),
  };
}
