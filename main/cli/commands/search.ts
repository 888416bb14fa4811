import { defineCommand } from '../command.ts';
import { paint } from '../text/paint.ts';

/** What fits on a screen or two. */
const MOST = 50;

/** `regent search`: repositories of all registries by name, in what was seen of them before. */
export const search = defineCommand(
  {
    name: 'search',
    about: 'cli.search.about',
    args: [{ name: 'TEXT' }],
    options: {},
    examples: ['search api', 'search "nas api"'],
  },
  async ({ client, json, out, err, signal, t }, { args }) => {
    const { hits } = await client.repositories.search({ text: args.TEXT, limit: MOST }, { signal });
    if (json) out.json({ repositories: hits });
    else {
      if (hits.length === 0) err.line(t('cli.search.empty'));
      for (const { address, repository, favourite } of hits) {
        const name = `${paint('dim', `${address}/`)}${paint('bold', repository)}`;
        out.line(favourite ? `${name} ${paint('warn', '★')}` : name);
      }
    }
    return hits.length > 0 ? 0 : 5;
  },
);
