import { type ExitStatus, errorTable, RegentError } from '../../../shared/errors/index.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { carryOut, type Ended } from '../delete/carry-out.ts';
import { type PlannedTarget, printPlan } from '../delete/print-plan.ts';
import { readTargets } from '../delete/read-targets.ts';
import { problemDocument } from '../print-problem.ts';
import { askYes, canAsk } from '../terminal/ask-yes.ts';

/** How the garbage of the registry image is collected, in a container as in a terminal of the server. */
const COLLECT = 'docker exec REGISTRY registry garbage-collect /etc/docker/registry/config.yml';

/** `regent delete`: images of a registry, by name or by a rule; shows what it would do first. */
export const deleteImages = defineCommand(
  {
    name: 'delete',
    about: 'cli.delete.about',
    args: [{ name: 'REF', rest: true }],
    options: {
      pattern: { type: 'string', value: 'PATTERN', about: 'cli.delete.pattern' },
      'older-than': { type: 'string', value: 'DAYS', about: 'cli.delete.olderThan' },
      keep: { type: 'string', value: 'NUMBER', about: 'cli.delete.keep' },
      attached: { type: 'boolean', about: 'cli.delete.attachedToo' },
      'dry-run': { type: 'boolean', about: 'cli.delete.dryRun' },
      yes: { type: 'boolean', short: 'y', about: 'cli.delete.yes' },
    },
    examples: [
      'delete registry.example.com:5000/team/app:1.0',
      "delete registry.example.com:5000/team/app --pattern 'dev-*' --older-than 30 --dry-run",
      'delete registry.example.com:5000/team/app --keep 10 --yes',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, out, signal, t } = context;
    const planned: PlannedTarget[] = [];
    for (const target of readTargets(args.REF, options)) {
      const plan = await client.repositories.planDeletion(target, { signal });
      planned.push({ ...target, plan });
      if (!json) printPlan(context, { ...target, plan });
    }
    const wanted = planned.filter(({ plan }) => plan.entries.length > 0);
    if (options['dry-run'] || wanted.length === 0) {
      if (json) out.json(documentOf(context, planned, null));
      else if (wanted.length > 0) out.line(t('cli.delete.nothingDeleted'));
      return 0;
    }
    if (!options.yes) await confirm(context, wanted);
    const ended = new Map<PlannedTarget, ReadonlyMap<string, Ended>>();
    for (const target of wanted) ended.set(target, await carryOut(context, target));
    if (json) out.json(documentOf(context, planned, ended));
    const all = [...ended.values()].flatMap((ends) => [...ends.values()]);
    if (!json && all.some(({ deleted }) => deleted)) {
      out.line(t('cli.delete.collect', { command: COLLECT }));
    }
    return exitOf(all);
  },
);

/** @throws RegentError `DELETE_UNCONFIRMED` where nobody can be asked, `DELETE_DECLINED` */
async function confirm(context: CommandContext, wanted: readonly PlannedTarget[]): Promise<void> {
  const repository = wanted.map((one) => `${one.address}/${one.repository}`).join(', ');
  if (!canAsk(context)) throw new RegentError('DELETE_UNCONFIRMED', { repository });
  const count = wanted.reduce((sum, { plan }) => sum + plan.entries.length, 0);
  if (await askYes(context, context.t('cli.delete.question', { count }))) return;
  throw new RegentError('DELETE_DECLINED', { repository });
}

type Ends = ReadonlyMap<PlannedTarget, ReadonlyMap<string, Ended>>;

/** The plan, and how it ended where it was carried out. `digest` is that of the first manifest. */
function documentOf({ t }: CommandContext, planned: readonly PlannedTarget[], ends: Ends | null) {
  const entries = planned.flatMap((target) =>
    target.plan.entries.map((entry) => {
      const end = ends?.get(target)?.get(entry.digest);
      const { address, repository } = target;
      const problem = end?.problem ? problemDocument(t, end.problem) : null;
      return { address, repository, ...entry, deleted: end?.deleted ?? false, problem };
    }),
  );
  const spared = planned.flatMap(({ address, plan, repository }) =>
    plan.spared.map((one) => ({ address, repository, ...one })),
  );
  const freed = planned.map(({ plan }) => plan.frees);
  return {
    digest: entries[0]?.digest ?? null,
    dryRun: ends === null,
    unread: planned.flatMap(({ address, plan, repository }) =>
      plan.unread.map((tag) => ({ address, repository, tag })),
    ),
    kept: planned.reduce((sum, { plan }) => sum + plan.kept, 0),
    frees: freed.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0),
    entries,
    spared,
  };
}

function exitOf(ends: readonly Ended[]): ExitStatus | 0 {
  const problem = ends.find((end) => end.problem)?.problem;
  return problem ? errorTable[problem.code].exit : 0;
}
