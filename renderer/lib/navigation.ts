import { useSyncExternalStore } from 'react';
import { hrefOf, type Route, readRoute } from './routes.ts';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** The fragment of the page's URL, followed. */
export function useFragment(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash);
}

/** The route the window stands at. */
export function useRoute(): Route {
  return readRoute(useFragment());
}

/** Goes to a route; the one before stays in the history. */
export function goTo(route: Route): void {
  window.location.hash = hrefOf(route);
}
