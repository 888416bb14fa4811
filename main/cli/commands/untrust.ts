import { defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { paint } from '../text/paint.ts';

/** `regent untrust`: puts back the exact state from before. */
export const untrust = defineCommand(
  {
    name: 'untrust',
    about: 'cli.untrust.about',
    args: [{ name: 'ADDRESS' }],
    options: {},
    examples: ['untrust registry.example.com:5000'],
  },
  async ({ client, json, out, signal, t }, { args }) => {
    const address = readAddress(args.ADDRESS);
    const result = await client.trust.revoke({ address }, { signal });
    if (json) {
      out.json(result);
      return 0;
    }
    for (const { consumer, path, action } of result.reverted) {
      const name = t(`common.consumer.${consumer}`);
      out.line(`${paint('good', '✓')} ${name}: ${path} ${t(`common.reverted.${action}`)}`);
    }
    out.line(t('cli.untrust.done', { address }));
    return 0;
  },
);
