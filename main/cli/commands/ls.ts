import { defineCommand } from '../command.ts';
import { follow } from '../follow.ts';
import { expectKept, offlineOption } from '../offline.ts';
import { readAddress } from '../read-address.ts';

/** `regent ls`: all repositories of a registry, as the pages come in. */
export const ls = defineCommand(
  {
    name: 'ls',
    about: 'cli.ls.about',
    args: [{ name: 'ADDRESS' }],
    options: {
      filter: { type: 'string', value: 'TEXT', about: 'cli.ls.filter' },
      offline: offlineOption,
    },
    examples: ['ls registry.example.com:5000', 'ls registry.example.com:5000 --filter team/'],
  },
  async (context, { args, options }) => {
    const { client, json, out, err, signal, t } = context;
    const address = readAddress(args.ADDRESS);
    const wanted = (options.filter ?? '').toLowerCase();
    const repositories: string[] = [];
    const take = (names: readonly string[]) => {
      const matching = names.filter((name) => name.toLowerCase().includes(wanted));
      repositories.push(...matching);
      if (!json) for (const name of matching) out.line(name);
    };
    const kept = options.offline
      ? expectKept(context, address, await client.repositories.kept({ address }, { signal }))
      : null;
    if (kept) take(kept.repositories);
    else {
      const pages = await client.repositories.list({ address }, { signal });
      await follow(pages, signal, (page) => {
        take(page.repositories);
        return undefined;
      });
    }
    signal.throwIfAborted();
    if (json) out.json({ address, repositories, ...(kept && { at: kept.at }) });
    else if (repositories.length === 0) err.line(t('cli.ls.empty'));
    return 0;
  },
);
