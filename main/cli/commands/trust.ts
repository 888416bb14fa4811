import { defineCommand } from '../command.ts';
import { completeOption, look, stepPrinter } from '../look.ts';
import { readAddress } from '../read-address.ts';
import { evidenceOptions, readEvidence } from '../trust/evidence.ts';
import { consumerOption, readConsumers } from '../trust/read-consumers.ts';
import { seekTrust } from '../trust/seek-trust.ts';

/** `regent trust`: looks, plans, has it confirmed, applies, and asks the consumers for proof. */
export const trust = defineCommand(
  {
    name: 'trust',
    about: 'cli.trust.about',
    args: [{ name: 'ADDRESS' }],
    options: {
      ...evidenceOptions,
      consumer: consumerOption,
      replace: { type: 'boolean', about: 'cli.trust.replace' },
      complete: completeOption,
      'dry-run': { type: 'boolean', about: 'cli.trust.dryRun' },
    },
    examples: [
      'trust registry.example.com:5000 --fingerprint 4F:9A:…',
      'trust registry.example.com:5000 --ca ca.crt --consumer all',
      'trust registry.example.com:5000 --client-cert me.p12',
      'trust registry.example.com:5000 --dry-run',
    ],
  },
  async (context, { args, options }) => {
    const address = readAddress(args.ADDRESS);
    const evidence = await readEvidence(context, options);
    const consumers = await readConsumers(context, options.consumer);
    const report = await look(context, address, stepPrinter(context), options.complete);
    const wish = { evidence, consumers, replace: options.replace };
    return await seekTrust(context, report, wish, {
      dryRun: options['dry-run'],
      isConfirmed:
        options.tofu || evidence.fingerprint !== undefined || evidence.authority !== undefined,
    });
  },
);
