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

const pathOf = (...parts: readonly string[]): string =>
  `#/${parts.map(encodeURIComponent).join('/')}`;

function addQuery(route: { readonly text: string; readonly demo: boolean }): string {
  if (route.demo) return '?demo';
  return route.text === '' ? '' : `?text=${encodeURIComponent(route.text)}`;
}

/** Reads a fragment; one that means nothing leads home. */
export function readRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?');
  const [screen, address, repository, reference] = path.split('/').map(decode);
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
  return PLAIN.find((route) => route.screen === screen) ?? { screen: 'home' };
}

/** Screens that are about nothing in particular. */
const PLAIN = [
  { screen: 'images' },
  { screen: 'trust' },
  { screen: 'accounts' },
  { screen: 'settings' },
] as const;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
