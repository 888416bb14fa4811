import { defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { paint } from '../text/paint.ts';

/** `regent trust messes`: what earlier attempts left behind that hides, breaks or weakens trust. */
export const trustMesses = defineCommand(
  {
    name: 'trust messes',
    about: 'cli.trustMesses.about',
    args: [{ name: 'ADDRESS', optional: true }],
    options: {},
    examples: ['trust messes', 'trust messes registry.example.com:5000'],
  },
  async ({ client, json, out, err, signal, t }, { args }) => {
    const where = args.ADDRESS === undefined ? {} : { address: readAddress(args.ADDRESS) };
    const messes = await client.trust.messes(where, { signal });
    if (json) {
      out.json({ messes });
      return 0;
    }
    if (messes.length === 0) err.line(t('cli.trustMesses.empty'));
    for (const { id, address, consumer, kind, path, mendable } of messes) {
      const name = t(`common.consumer.${consumer}`);
      out.line(`${paint('warn', '!')} ${paint('bold', address)}, ${name}`);
      out.line(`  ${t(`common.mess.${kind}`)}`);
      out.line(`  ${path}`);
      const mend = { command: `regent trust mend ${id}` };
      out.line(`  ${mendable ? t('cli.trustMesses.mend', mend) : t('cli.trustMesses.byHand')}`);
    }
    return 0;
  },
);
