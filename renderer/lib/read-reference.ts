import { parseReference } from '../../shared/model/reference.ts';
import type { Route } from './routes.ts';

/**
 * Where a written reference leads, such as `nas.local:5000/team/api:2`: to the repository, or to the image when it names
 * one. Null for text that is no reference to one of these registries.
 */
export function routeOfReference(
  text: string,
  addresses: readonly string[],
): Extract<Route, { readonly screen: 'repository' | 'image' }> | null {
  const typed = text.trim();
  const address = addresses.find((one) => typed.startsWith(`${one}/`));
  if (address === undefined) return null;
  try {
    const { repository, tag, digest } = parseReference(typed);
    const reference = digest ?? tag;
    return reference === null
      ? { screen: 'repository', address, repository }
      : { screen: 'image', address, repository, reference };
  } catch {
    // What is still being written need not be one yet.
    return null;
  }
}
