import type { CacheStatus } from '../../../shared/contract/settings.ts';
import { formatBytes } from '../../../shared/i18n/index.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** `regent cache`: what is kept of what registries have sent, and how to be rid of it. */
export const cache = defineCommand(
  {
    name: 'cache',
    about: 'cli.cache.about',
    args: [],
    options: { clear: { type: 'boolean', about: 'cli.cache.clear' } },
    examples: ['cache', 'cache --clear'],
  },
  async (context, { options }) => {
    const { client, json, out, signal } = context;
    const { settings } = client;
    const status = options.clear
      ? await settings.clearCache(undefined, { signal })
      : await settings.cache(undefined, { signal });
    if (json) out.json(status);
    else printStatus(context, status);
    return 0;
  },
);

function printStatus(
  { out, t }: CommandContext,
  { path, content, lists, fault }: CacheStatus,
): void {
  const used = formatBytes(t.locale, content.bytes);
  const limit = formatBytes(t.locale, content.limit);
  const rows = [
    [t('cli.cache.folder'), path],
    [t('cli.cache.content'), t('cli.cache.used', { used, limit, files: content.files })],
    [t('cli.cache.lists'), formatBytes(t.locale, lists)],
  ].map(([label = '', words = '']) => [paint('dim', label), words]);
  for (const line of setInColumns(rows)) out.line(line);
  if (fault !== null) {
    out.line(`${paint('warn', '!')} ${t('cli.cache.fault', { reason: fault })}`);
  }
}
