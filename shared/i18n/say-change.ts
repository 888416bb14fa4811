import type { Change } from '../model/change.ts';
import { commandText } from '../model/command-text.ts';
import type { Translator } from './translator.ts';

/** One change of this machine in words, from the catalogue keys `common.change.<kind>`. */
export function sayChange(t: Translator, change: Change): string {
  switch (change.kind) {
    case 'run':
      return t('common.change.run', { command: commandText(change.argv) });
    case 'set-aside':
      return t('common.change.set-aside', { path: change.path, to: change.to });
    case 'remove':
      return t('common.change.remove', { path: change.path });
    case 'edit-file':
      return t('common.change.edit-file', { path: change.path });
    default:
      return t(`common.change.${change.kind}`, { path: change.path, mode: change.mode });
  }
}
