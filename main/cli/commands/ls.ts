import { readPasted } from '../../../shared/model/pasted.ts';
import { defineCommand } from '../command.ts';
import { follow } from '../follow.ts';
import { noteFirstGeneration } from '../note-first-generation.ts';
import { expectKept, offlineOption } from '../offline.ts';

/** `regent ls`: all repositories of a registry or of one namespace, as the pages come in. */
export const ls = defineCommand(
  {
    name: 'ls',
    about: 'cli.ls.about',
    args: [{ name: 'ADDRESS' }],
    options: {
      filter: { type: 'string', value: 'TEXT', about: 'cli.ls.filter' },
      offline: offlineOption,
    },
    examples: [
      'ls registry.example.com:5000',
      'ls registry.example.com:5000 --filter team/',
      'ls docker.io/grafana',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, out, err, signal, t } = context;
    const { address, namespace } = readPlace(args.ADDRESS);
    const wanted = (options.filter ?? '').toLowerCase();
    const repositories: string[] = [];
    const isBelow = (name: string) => namespace === null || name.startsWith(`${namespace}/`);
    const take = (names: readonly string[]) => {
      const matching = names.filter((name) => isBelow(name) && name.toLowerCase().includes(wanted));
      repositories.push(...matching);
      if (!json) for (const name of matching) out.line(name);
    };
    const kept = options.offline
      ? expectKept(context, address, await client.repositories.kept({ address }, { signal }))
      : null;
    if (kept) take(kept.repositories);
    else {
      const pages =
        namespace === null
          ? await client.repositories.list({ address }, { signal })
          : await client.repositories.ofNamespace({ address, namespace }, { signal });
      await follow(pages, signal, (page) => {
        take(page.repositories);
        // It has one page.
        if ('api' in page) noteFirstGeneration(context, address);
        return undefined;
      });
    }
    signal.throwIfAborted();
    if (json)
      out.json({
        address,
        ...(namespace !== null && { namespace }),
        repositories,
        ...(kept && { at: kept.at }),
      });
    else if (repositories.length === 0) err.line(t('cli.ls.empty'));
    return 0;
  },
);

/** Reads `host[:port][/namespace]`; of an image with a tag or digest, and of an URL, only the registry counts. */
function readPlace(typed: string): { readonly address: string; readonly namespace: string | null } {
  const { address, repository, tag, digest } = readPasted(typed);
  const isNamespace = repository !== undefined && tag === undefined && digest === undefined;
  if (!isNamespace) return { address, namespace: null };
  // As typed: the grammar of images would put `library/` before a single name of Docker Hub.
  const [, ...path] = typed.trim().replace(/\/+$/, '').split('/');
  return { address, namespace: path.join('/') };
}
