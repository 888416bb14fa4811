import { formatBytes } from '../../../shared/i18n/index.ts';
import type { CommandContext } from '../command.ts';

/** Shows how far layers are read, where a person is looking. Sizes in bytes. */
export function readingStatus({ err, t }: CommandContext) {
  return ({ done, total }: { readonly done: number; readonly total: number }): void => {
    const [part, whole] = [formatBytes(t.locale, done), formatBytes(t.locale, total)];
    err.status([t('cli.files.reading', { part, whole })]);
  };
}
