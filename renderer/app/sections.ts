import { isMac } from '../lib/keys.ts';
import { goTo } from '../lib/navigation.ts';
import type { Route } from '../lib/routes.ts';

/** The sections of the window in the order of their keys: Ctrl+1 (⌘1) and so on. */
const sections: readonly Route[] = [
  { screen: 'home' },
  { screen: 'images' },
  { screen: 'trust' },
  { screen: 'accounts' },
  { screen: 'settings' },
];

/** The keys that lead to the sections, for `useShortcuts`. */
export const sectionShortcuts: Readonly<Record<string, () => void>> = Object.fromEntries(
  sections.map((route, index) => [`mod+${index + 1}`, () => goTo(route)]),
);

/** The key that leads to a section, as people write it and as assistive technology reads it; undefined where none does. */
export function keyOfSection(
  screen: Route['screen'],
): { readonly hint: string; readonly spoken: string } | undefined {
  const number = sections.findIndex((route) => route.screen === screen) + 1;
  return number === 0 ? undefined : keyWith(String(number));
}

/** A key that is pressed together with Ctrl, or ⌘ on a Mac. */
export function keyWith(key: string): { readonly hint: string; readonly spoken: string } {
  return isMac
    ? { hint: `⌘${key}`, spoken: `Meta+${key}` }
    : { hint: `Ctrl+${key}`, spoken: `Control+${key}` };
}
