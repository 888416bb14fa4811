import { formatAge, formatBytes } from '../../../shared/i18n/index.ts';
import type { DeletionEntry, DeletionPlan } from '../../../shared/model/deletion.ts';
import { shortDigest } from '../../../shared/model/digest.ts';
import type { CommandContext } from '../command.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';
import type { Target } from './read-targets.ts';

/** A repository with what would be deleted in it. */
export interface PlannedTarget extends Target {
  readonly plan: DeletionPlan;
}

type PrintContext = Pick<CommandContext, 'clock' | 'out' | 't'>;

/** Prints what a deletion would do: each manifest with its tags, what else is lost with it, and what stays. */
export function printPlan(context: PrintContext, { address, repository, plan }: PlannedTarget) {
  const { out, t } = context;
  out.line(paint('bold', `${address}/${repository}`));
  for (const { by, tags } of plan.spared) {
    out.line(
      `  ${paint('dim', t('cli.delete.spared', { tags: tags.join(', '), by: by.join(', ') }))}`,
    );
  }
  if (plan.unread.length > 0) {
    const words = { tags: plan.unread.join(', '), count: plan.unread.length };
    out.line(`  ${paint('warn', t('deletion.unread', words))}`);
  }
  if (plan.entries.length === 0) {
    out.line(`  ${t('cli.delete.nothing')}`);
    return;
  }
  const rows = setInColumns(
    plan.entries.map((entry) => rowOf(context, entry)),
    [2],
  );
  plan.entries.forEach((entry, index) => {
    out.line(`  ${rows[index]}`);
    for (const line of noteLines(context, entry)) out.line(`    ${line}`);
  });
  out.line(`  ${t('cli.delete.kept', { count: plan.kept })}`);
  const size = plan.frees === null ? null : formatBytes(t.locale, plan.frees);
  out.line(`  ${size === null ? t('cli.delete.freesUnknown') : t('cli.delete.frees', { size })}`);
}

function rowOf({ clock, t }: PrintContext, entry: DeletionEntry): readonly string[] {
  const { created, digest, frees } = entry;
  return [
    namesOf(entry),
    shortDigest(digest),
    frees === null ? '' : formatBytes(t.locale, frees),
    created === null ? '' : formatAge(t.locale, created, clock.now()),
  ];
}

function noteLines({ t }: PrintContext, { alsoLost, attached, heldBy, parts }: DeletionEntry) {
  const list = (names: readonly string[]) => names.join(', ');
  return [
    ...(alsoLost.length > 0
      ? [paint('warn', t('cli.delete.alsoLost', { tags: list(alsoLost), count: alsoLost.length }))]
      : []),
    ...(heldBy.length > 0
      ? [paint('warn', t('cli.delete.heldBy', { tags: list(heldBy), count: heldBy.length }))]
      : []),
    ...(attached.length > 0
      ? [paint('warn', t('cli.delete.attached', { tags: list(attached), count: attached.length }))]
      : []),
    ...(parts.length > 0 ? [paint('dim', t('cli.delete.parts', { count: parts.length }))] : []),
  ];
}

/** The tags of a manifest; its digest where it has none. */
export function namesOf({ tags, digest }: Pick<DeletionEntry, 'tags' | 'digest'>): string {
  return tags.length > 0 ? tags.join(', ') : shortDigest(digest);
}
