import type { ReactNode } from 'react';

/** What the lines of the palette are about, in the order they are shown. */
export const paletteGroups = ['open', 'repository', 'registry', 'action', 'screen'] as const;

/** One line of the palette: something to do or to go to. */
export interface PaletteItem {
  /** Unique among all lines. */
  readonly id: string;
  readonly group: (typeof paletteGroups)[number];
  readonly label: string;
  /** Said more quietly before the label, such as a repository's registry. */
  readonly before?: string;
  readonly icon: ReactNode;
  /** The key that does the same. */
  readonly hint?: string | undefined;
  readonly run: () => void;
}

/** The items that contain every word of a text, in whatever case; all for an empty one. */
export function matchItems(items: readonly PaletteItem[], text: string): readonly PaletteItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(({ label }) => {
    const heard = label.toLowerCase();
    return words.every((word) => heard.includes(word));
  });
}

/** The items group after group; inside a group they stay as they came. */
export function inGroups(items: readonly PaletteItem[]): readonly PaletteItem[] {
  return paletteGroups.flatMap((group) => items.filter((item) => item.group === group));
}
