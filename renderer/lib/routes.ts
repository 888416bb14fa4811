import type { ImageChoice } from './image-place.ts';

/** Where the window stands. It lives in the URL's fragment, so that back, forward and reload work by themselves. */
export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'add'; readonly text: string; readonly demo: boolean }
  | { readonly screen: 'registry'; readonly address: string }
  | { readonly screen: 'repository'; readonly address: string; readonly repository: string }
  | {
      readonly screen: 'image';
      readonly address: string;
      readonly repository: string;
      /** A tag or a digest. */
      readonly reference: string;
    }
  | { readonly screen: 'compare'; readonly left: ImageChoice; readonly right: ImageChoice }
  | { readonly screen: 'images' }
  | { readonly screen: 'trust' }
  | { readonly screen: 'accounts' }
  | { readonly screen: 'settings' };

/** The fragment of a route, with its `#`, for links. */
export function hrefOf(route: Route): string {
  switch (route.screen) {
    case 'home':
      return '#/';
    case 'add':
      return `#/add${addQuery(route)}`;
    case 'registry':
      return pathOf('registry', route.address);
    case 'repository':
      return pathOf('registry', route.address, route.repository);
    case 'image':
      return pathOf('registry', route.address, route.repository, route.reference);
    case 'compare':
      return pathOf('compare', ...partsOf(route.left), ...partsOf(route.right));
    case 'images':
      return '#/images';
    case 'trust':
      return '#/trust';
    case 'accounts':
      return '#/accounts';
    case 'settings':
      return '#/settings';
  }
}

/** The registry that a route is about; undefined where it is about none. */
export function registryOf(route: Route): string | undefined {
  if (route.screen === 'compare') return route.left.address;
  return 'address' in route ? route.address : undefined;
}

const partsOf = ({ address, repository, reference, platform = '' }: ImageChoice) =>
  [address, repository, reference, platform] as const;

const pathOf = (...parts: readonly string[]): string =>
  `#/${parts.map(encodeURIComponent).join('/')}`;

function addQuery(route: { readonly text: string; readonly demo: boolean }): string {
  if (route.demo) return '?demo';
  return route.text === '' ? '' : `?text=${encodeURIComponent(route.text)}`;
}

/** Reads a fragment; one that means nothing leads home. */
export function readRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').map(decode);
  const [screen, address, repository, reference] = parts;
  if (screen === 'add') {
    const parameters = new URLSearchParams(query);
    return { screen, text: parameters.get('text') ?? '', demo: parameters.has('demo') };
  }
  if (screen === 'registry' && address) {
    if (!repository) return { screen, address };
    return reference
      ? { screen: 'image', address, repository, reference }
      : { screen: 'repository', address, repository };
  }
  if (screen === 'compare') {
    const [left, right] = [imageIn(parts.slice(1, 5)), imageIn(parts.slice(5, 9))];
    if (left && right) return { screen, left, right };
  }
  return PLAIN.find((route) => route.screen === screen) ?? { screen: 'home' };
}

/** Screens that are about nothing in particular. */
const PLAIN = [
  { screen: 'images' },
  { screen: 'trust' },
  { screen: 'accounts' },
  { screen: 'settings' },
] as const;

function imageIn([address, repository, reference, platform]: readonly string[]):
  | ImageChoice
  | undefined {
  if (!address || !repository || !reference) return undefined;
  return { address, repository, reference, ...(platform ? { platform } : {}) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
