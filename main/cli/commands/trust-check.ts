import { defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { paint } from '../text/paint.ts';
import { prove } from '../trust/carry-out.ts';
import { printProofs, proofDocument } from '../trust/print-proofs.ts';
import { consumerOption, readConsumers } from '../trust/read-consumers.ts';
import { exitOf } from '../trust/report-result.ts';

/** `regent trust check`: asks each consumer itself, for each way in; of one registry, or of all that were trusted. */
export const trustCheck = defineCommand(
  {
    name: 'trust check',
    about: 'cli.trustCheck.about',
    args: [{ name: 'ADDRESS', optional: true }],
    options: { consumer: consumerOption },
    examples: ['trust check', 'trust check registry.example.com:5000 --consumer all'],
  },
  async (context, { args, options }) => {
    const { client, json, out, err, signal, t } = context;
    const typed = args.ADDRESS === undefined ? undefined : readAddress(args.ADDRESS);
    const consumers = await readConsumers(context, options.consumer);
    const addresses =
      typed === undefined
        ? [...new Set((await client.trust.list(undefined, { signal })).map((one) => one.address))]
        : [typed];
    const checks = [];
    // One after the other: engines and podman share locks, and a report in order can be read while it grows.
    for (const address of addresses) {
      if (!json) out.status([`${paint('dim', '…')} ${address}`]);
      const proof = await prove(context, address, consumers);
      checks.push({ address, proof });
      if (json) continue;
      out.line(paint('bold', address));
      if (proof.length === 0) out.line(t('cli.trustCheck.nobody', { address }));
      printProofs(context, proof);
    }
    if (json) {
      const documents = checks.map(({ address, proof }) => ({
        address,
        proof: proof.map((one) => proofDocument(t, one)),
      }));
      out.json({ checks: documents });
    } else if (checks.length === 0) {
      err.line(t('cli.trustList.empty'));
    }
    return exitOf(
      [],
      checks.flatMap(({ proof }) => proof),
    );
  },
);
