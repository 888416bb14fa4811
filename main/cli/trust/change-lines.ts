import { sayChange, type Translator } from '../../../shared/i18n/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { Change } from '../../../shared/model/change.ts';
import { type DiffLine, diffLines } from '../../../shared/model/line-diff.ts';
import { paint } from '../text/paint.ts';

/** One exact change in words; beneath an edit, the lines in which the file changes. */
export function changeLines(t: Translator, change: Change): readonly string[] {
  const words = sayChange(t, change);
  if (change.kind !== 'edit-file') return [words];
  return [
    words,
    ...diffLines(change.before ?? '', change.after).map((line) => `  ${painted(line)}`),
  ];
}

function painted({ kind, text }: DiffLine): string {
  switch (kind) {
    case 'new':
      return paint('good', `+ ${text}`);
    case 'gone':
      return paint('bad', `- ${text}`);
    case 'same':
      return paint('dim', `  ${text}`);
    case 'gap':
      return paint('dim', '…');
    default:
      return assertNever(kind);
  }
}
