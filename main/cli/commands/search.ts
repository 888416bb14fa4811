import type { ExitStatus } from '../../../shared/errors/index.ts';
import { plainText } from '../../../shared/model/plain-text.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** What fits on a screen or two. */
const MOST = 50;
/** Characters of a description. */
const ROOM = 80;

/** `regent search`: repositories by name: of all registries in what was seen of them before, or of one by asking it. */
export const search = defineCommand(
  {
    name: 'search',
    about: 'cli.search.about',
    args: [{ name: 'TEXT' }],
    options: { registry: { type: 'string', value: 'ADDRESS', about: 'cli.search.registry' } },
    examples: ['search api', 'search "nas api"', 'search postgres --registry docker.io'],
  },
  (context, { args, options }) =>
    options.registry === undefined
      ? recall(context, args.TEXT)
      : ask(context, readAddress(options.registry), args.TEXT),
);

async function recall(
  { client, json, out, err, signal, t }: CommandContext,
  text: string,
): Promise<ExitStatus | 0> {
  const { hits } = await client.repositories.search({ text, limit: MOST }, { signal });
  if (json) out.json({ repositories: hits });
  else {
    if (hits.length === 0) err.line(t('cli.search.empty'));
    for (const { address, repository, favourite } of hits) {
      const name = `${paint('dim', `${address}/`)}${paint('bold', repository)}`;
      out.line(favourite ? `${name} ${paint('warn', '★')}` : name);
    }
  }
  return hits.length > 0 ? 0 : 5;
}

async function ask(
  { client, json, out, err, signal, t }: CommandContext,
  address: string,
  query: string,
): Promise<ExitStatus | 0> {
  const found = await client.repositories.find({ address, query }, { signal });
  const { repositories, isComplete } = found;
  if (json) {
    const hits = repositories.map(({ name, description }) => ({
      ...{ address, repository: name, description },
    }));
    out.json({ repositories: hits, complete: isComplete });
  } else {
    if (repositories.length === 0) err.line(t('cli.search.nothing', { address }));
    const cells = repositories.map(({ name, description }) => [
      paint('bold', name),
      paint('dim', plainText(description ?? '', ROOM)),
    ]);
    for (const line of setInColumns(cells)) out.line(line);
    if (!isComplete) err.line(t('cli.search.more', { count: repositories.length }));
  }
  return repositories.length > 0 ? 0 : 5;
}
