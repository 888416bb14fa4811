import { RegentError } from '../../../shared/errors/index.ts';
import type { Translator } from '../../../shared/i18n/index.ts';
import type { RevokePlan } from '../../../shared/model/trust.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { paint } from '../text/paint.ts';
import { changeLines } from '../trust/change-lines.ts';
import { printScript } from '../trust/print-plan.ts';
import { consumerOption, readConsumers } from '../trust/read-consumers.ts';
import { printReverted } from '../trust/report-result.ts';

/** `regent untrust`: puts back the exact state from before. */
export const untrust = defineCommand(
  {
    name: 'untrust',
    about: 'cli.untrust.about',
    args: [{ name: 'ADDRESS', optional: true }],
    options: {
      all: { type: 'boolean', about: 'cli.untrust.all' },
      consumer: consumerOption,
      'dry-run': { type: 'boolean', about: 'cli.trust.dryRun' },
    },
    examples: [
      'untrust registry.example.com:5000',
      'untrust registry.example.com:5000 --consumer podman',
      'untrust registry.example.com:5000 --dry-run',
      'untrust --all',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, out, signal, t } = context;
    const address = readTarget(args.ADDRESS, options.all);
    const consumers = await readConsumers(context, options.consumer);
    const asked = { ...(address ? { address } : {}), ...(consumers ? { consumers } : {}) };
    if (options['dry-run']) {
      return showOnly(context, await client.trust.planRevoke(asked, { signal }));
    }
    const result = await client.trust.revoke(asked, { signal });
    if (json) {
      out.json(result);
      return 0;
    }
    printReverted(context, result.reverted);
    const isPartial = consumers !== undefined;
    const isMixed = result.reverted.some(({ action }) => action === 'kept');
    if (isMixed) out.line(t('cli.untrust.kept'));
    else out.line(doneWords(t, address, isPartial));
    return 0;
  },
);

/** One address, or all of them when that is said in so many words. @throws RegentError `USAGE_ARGUMENT_MISSING`, `USAGE_OPTIONS_CLASH` */
function readTarget(given: string | undefined, all: boolean): string | undefined {
  if (given === undefined) {
    if (all) return undefined;
    throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: 'ADDRESS' });
  }
  if (all) throw new RegentError('USAGE_OPTIONS_CLASH', { option: '--all', other: 'ADDRESS' });
  return readAddress(given);
}

function doneWords(t: Translator, address: string | undefined, isPartial: boolean): string {
  if (address === undefined) return t('cli.untrust.doneAll');
  return t(isPartial ? 'cli.untrust.donePartly' : 'cli.untrust.done', { address });
}

function showOnly(context: CommandContext, plan: RevokePlan): 0 {
  const { json, out, t } = context;
  if (json) {
    out.json({ ...plan, dryRun: true, reverted: [] });
    return 0;
  }
  out.line(paint('bold', t('cli.trust.changes')));
  if (plan.elevated) out.line(`  ${paint('warn', t('cli.trust.elevated'))}`);
  for (const { consumer, change } of plan.changes) {
    const [first = '', ...more] = changeLines(t, change);
    out.line(`  ${t(`common.consumer.${consumer}`)}: ${first}`);
    for (const line of more) out.line(`    ${line}`);
  }
  out.line();
  printScript(context, plan);
  out.line(t('cli.trust.nothingChanged'));
  return 0;
}
