import { RegentError } from '../../../shared/errors/index.ts';
import { defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { askPassword, readPassword } from '../terminal/ask-password.ts';
import { canAsk } from '../terminal/ask-yes.ts';
import { paint } from '../text/paint.ts';

/** `regent header set`: a header that a gate before a registry wants to see. Its value is a secret. */
export const headerSet = defineCommand(
  {
    name: 'header set',
    about: 'cli.headerSet.about',
    args: [{ name: 'ADDRESS' }, { name: 'NAME' }],
    options: { 'value-stdin': { type: 'boolean', about: 'cli.headerSet.valueStdin' } },
    examples: [
      'header set registry.example.com CF-Access-Client-Id',
      'header set registry.example.com CF-Access-Client-Secret --value-stdin < secret.txt',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, out, signal, t } = context;
    const address = readAddress(args.ADDRESS);
    const name = args.NAME;
    const isPiped = options['value-stdin'];
    if (!isPiped && !canAsk(context)) {
      throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--value-stdin' });
    }
    const value = isPiped
      ? await readPassword(context)
      : ((await askPassword(context, t('cli.headerSet.ask', { name }))) ?? '');
    const header = await client.headers.set({ address, name, value }, { signal });
    if (json) {
      out.json({ address, ...header });
      return 0;
    }
    out.line(`${paint('good', '✓')} ${t('cli.headerSet.done', { address, name })}`);
    out.line(`  ${t('cli.headerSet.engine')}`);
    return 0;
  },
);
