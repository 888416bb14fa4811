import type { LayerFile } from './layer-file.ts';

const LETTERS: Readonly<Record<LayerFile['kind'], string>> = {
  ...{ file: '-', folder: 'd', link: 'l', 'hard-link': 'h', device: 'c', removed: 'x' },
};

/** The kind and the permissions of a file as `tar -tv` and `ls -l` write them: `-rwxr-xr-x`. */
export function formatMode({ kind, mode }: Pick<LayerFile, 'kind' | 'mode'>): string {
  return `${LETTERS[kind]}${permissions(mode)}`;
}

/** `rwxr-xr-x`, with `s` and `t` as `ls` shows them. */
function permissions(mode: number): string {
  const text = [6, 3, 0].flatMap((shift) =>
    ['r', 'w', 'x'].map((letter, bit) => ((mode >> shift) & (4 >> bit) ? letter : '-')),
  );
  for (const [bit, at, letter] of [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't'],
  ] as const) {
    if (mode & bit) text[at] = text[at] === 'x' ? letter : letter.toUpperCase();
  }
  return text.join('');
}
