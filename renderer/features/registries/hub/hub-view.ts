/** What of Docker Hub is on the screen: the login's own repositories, a namespace, or what a search has found. */
export type HubView =
  | { readonly kind: 'own' }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'search'; readonly query: string };

/**
 * What a typed text is to show: `grafana/` is a namespace, everything else is searched for; null for nothing typed.
 */
export function viewOfText(text: string): HubView | null {
  const typed = text.trim();
  if (typed === '') return null;
  const namespace = /^([^/\s]+)\/$/.exec(typed)?.[1];
  if (namespace === undefined) return { kind: 'search', query: typed };
  return { kind: 'namespace', name: namespace.toLowerCase() };
}
