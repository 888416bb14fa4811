import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import {
  explainHere,
  formatAge,
  formatBytes,
  formatDate,
  type Translator,
} from '../../../shared/i18n/words.ts';
import type { DeletionEntry, DeletionPlan } from '../../../shared/model/deletion.ts';
import { shortDigest } from '../../../shared/model/digest.ts';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../data-table/data-table.tsx';
import { StatusBadge } from '../status-badge.tsx';
import './deletion.css';
import type { DeletionRun } from './use-deletion.ts';

/** Every image that goes, with all its tags; while and after it is deleted, how that ended. */
export function PlanTable(props: { readonly plan: DeletionPlan; readonly run: DeletionRun }) {
  const t = useWords();
  const { plan, run } = props;
  const [now] = useState(() => Date.now());
  const columns = useMemo(
    () => (run.state === 'waiting' ? plannedColumns(t, now) : endColumns(t, run)),
    [t, now, run],
  );
  return (
    <div className="plan-table" style={{ height: heightOf(plan.entries.length) }}>
      <DataTable
        label={t('deletion.images', { count: plan.entries.length })}
        rows={plan.entries}
        columns={columns}
        idOf={digestOf}
      />
    </div>
  );
}

/** In pixels: a few rows are shown at once, the rest by scrolling in it. */
const heightOf = (rows: number): number => 31 + 28 * Math.min(rows, 6.5);

const digestOf = ({ digest }: DeletionEntry): string => digest;

function tagsColumn(t: Translator): ColumnDef<DeletionEntry> {
  return {
    id: 'tags',
    header: t('browse.column.tag'),
    enableSorting: false,
    meta: { track: 'minmax(0, 1fr)' },
    cell: ({ row: { original } }) => <TagsCell entry={original} />,
  };
}

function plannedColumns(t: Translator, now: number): readonly ColumnDef<DeletionEntry>[] {
  return [
    tagsColumn(t),
    {
      id: 'digest',
      header: t('browse.column.digest'),
      enableSorting: false,
      meta: { track: '112px' },
      cell: ({ row: { original } }) => (
        <code dir="ltr" title={original.digest}>
          {shortDigest(original.digest)}
        </code>
      ),
    },
    {
      id: 'created',
      header: t('browse.column.created'),
      enableSorting: false,
      meta: { track: '120px' },
      cell: ({ row: { original } }) =>
        original.created === null ? (
          '–'
        ) : (
          <span className="clip" title={formatDate(t.locale, original.created)}>
            {formatAge(t.locale, original.created, now)}
          </span>
        ),
    },
    {
      id: 'frees',
      header: t('deletion.frees'),
      enableSorting: false,
      meta: { track: '84px', align: 'end' },
      cell: ({ row: { original } }) =>
        original.frees === null ? '–' : formatBytes(t.locale, original.frees),
    },
  ];
}

function endColumns(t: Translator, run: DeletionRun): readonly ColumnDef<DeletionEntry>[] {
  return [
    tagsColumn(t),
    {
      id: 'end',
      header: t('deletion.end'),
      enableSorting: false,
      meta: { track: 'minmax(0, 1.4fr)' },
      cell: ({ row: { original } }) => <EndCell end={run.ends.get(original.digest)} run={run} />,
    },
  ];
}

/** The tags of an image; those that nobody asked for stand out. */
function TagsCell({ entry }: { readonly entry: DeletionEntry }) {
  const t = useWords();
  const { alsoLost, digest, tags } = entry;
  if (tags.length === 0) return <code dir="ltr">{shortDigest(digest)}</code>;
  const asked = tags.filter((tag) => !alsoLost.includes(tag));
  return (
    <span className="clip" dir="ltr" title={tags.join(', ')}>
      {asked.join(', ')}
      {asked.length === 0 || alsoLost.length === 0 ? '' : ', '}
      {alsoLost.length === 0 ? null : (
        <strong className="also-lost" title={t('deletion.alsoLostHere')}>
          {alsoLost.join(', ')}
        </strong>
      )}
    </span>
  );
}

function EndCell(props: {
  readonly end: ReturnType<DeletionRun['ends']['get']>;
  readonly run: DeletionRun;
}) {
  const t = useWords();
  const { end, run } = props;
  if (end === null) return <StatusBadge tone="good" word={t('deletion.deleted')} />;
  if (end) return <StatusBadge tone="bad" word={explainHere(t, end).what} />;
  const isRunning = run.state === 'running';
  return <StatusBadge tone="off" word={t(isRunning ? 'deletion.toCome' : 'deletion.leftAlone')} />;
}
