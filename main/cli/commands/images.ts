import { formatAge, formatBytes } from '../../../shared/i18n/index.ts';
import { defineCommand } from '../command.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** `regent images`: what the local engine holds. */
export const images = defineCommand(
  { name: 'images', about: 'cli.images.about', args: [], options: {}, examples: ['images'] },
  async ({ client, json, out, err, signal, t, clock }) => {
    const list = await client.images.list(undefined, { signal });
    if (json) {
      out.json({ images: list });
      return 0;
    }
    if (list.length === 0) err.line(t('cli.images.empty'));
    const rows = list.flatMap(({ id, tags, digests, size, created }) =>
      (tags.length > 0 ? tags : [digests[0] ?? '–']).map((name) => [
        paint('bold', name),
        id.replace(/^sha256:/, '').slice(0, 12),
        formatBytes(t.locale, size),
        formatAge(t.locale, created, clock.now()),
      ]),
    );
    for (const line of setInColumns(rows, [2])) out.line(line);
    return 0;
  },
);
