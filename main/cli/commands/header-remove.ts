import { RegentError } from '../../../shared/errors/index.ts';
import { defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { paint } from '../text/paint.ts';

/** `regent header remove`: a header that a registry is not sent any more. */
export const headerRemove = defineCommand(
  {
    name: 'header remove',
    about: 'cli.headerRemove.about',
    args: [{ name: 'ADDRESS' }, { name: 'NAME' }],
    options: {},
    examples: ['header remove registry.example.com CF-Access-Client-Id'],
  },
  async ({ client, json, out, signal, t }, { args }) => {
    const address = readAddress(args.ADDRESS);
    const name = args.NAME;
    const { removed } = await client.headers.remove({ address, name }, { signal });
    if (!removed) throw new RegentError('HEADER_UNKNOWN', { address, name: name.slice(0, 128) });
    if (json) out.json({ address, name, removed });
    else out.line(`${paint('good', '✓')} ${t('cli.headerRemove.done', { address, name })}`);
    return 0;
  },
);
