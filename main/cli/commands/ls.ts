import { defineCommand } from '../command.ts';
import { follow } from '../follow.ts';
import { readAddress } from '../read-address.ts';

/** `regent ls`: all repositories of a registry, as the pages come in. */
export const ls = defineCommand(
  {
    name: 'ls',
    about: 'cli.ls.about',
    args: [{ name: 'ADDRESS' }],
    options: { filter: { type: 'string', value: 'TEXT', about: 'cli.ls.filter' } },
    examples: ['ls registry.example.com:5000', 'ls registry.example.com:5000 --filter team/'],
  },
  async ({ client, json, out, err, signal, t }, { args, options }) => {
    const address = readAddress(args.ADDRESS);
    const wanted = (options.filter ?? '').toLowerCase();
    const repositories: string[] = [];
    const pages = await client.repositories.list({ address }, { signal });
    await follow(pages, signal, (page) => {
      const matching = page.repositories.filter((name) => name.toLowerCase().includes(wanted));
      repositories.push(...matching);
      if (!json) for (const name of matching) out.line(name);
      return undefined;
    });
    signal.throwIfAborted();
    if (json) out.json({ address, repositories });
    else if (repositories.length === 0) err.line(t('cli.ls.empty'));
    return 0;
  },
);
