import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import BadgeCheck from 'lucide-react/icons/badge-check';
import { useMemo, useState } from 'react';
import { formatBytes, formatDate, type Translator } from '../../../shared/i18n/words.ts';
import { shortDigest } from '../../../shared/model/digest.ts';
import type { Referrer } from '../../../shared/model/image-details.ts';
import { problemIn } from '../../lib/errors.ts';
import type { ImagePlace } from '../../lib/image-place.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useCopy } from '../../lib/use-copy.ts';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RegistryProblem } from '../../ui/registry-problem.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { TextDialog } from '../../ui/text-dialog.tsx';

/** Signatures, SBOMs, provenance and whatever else the registry keeps about an image. */
export function ReferrersTab(props: { readonly place: ImagePlace; readonly digest: string }) {
  const t = useWords();
  const copy = useCopy();
  const { api } = useRegent();
  const { address, repository } = props.place;
  const [shown, setShown] = useState<Referrer | null>(null);
  const found = useQuery(
    api.repositories.referrers.queryOptions({
      input: { address, repository, digest: props.digest },
    }),
  );
  const columns = useMemo(() => referrerColumns(t), [t]);
  const problem = problemIn(found);
  const retry = (): void => void found.refetch();
  if (problem) {
    return (
      <div className="fill-note">
        <RegistryProblem {...{ address, problem, onRetry: retry, onSignedIn: retry }} />
      </div>
    );
  }
  if (!found.data) {
    return (
      <div className="toolbar">
        <StatusBadge tone="busy" word={t('image.referrers.loading')} />
      </div>
    );
  }
  const { referrers } = found.data;
  if (referrers.length === 0) {
    return (
      <EmptyState
        icon={<BadgeCheck size={32} strokeWidth={1.25} />}
        title={t('image.referrers.none')}
        text={t('image.referrers.noneWhy')}
      />
    );
  }
  return (
    <>
      <DataTable
        label={t('image.referrers.label', { name: `${repository} ${props.place.reference}` })}
        rows={referrers}
        columns={columns}
        idOf={({ digest }) => digest}
        opensOnClick
        onOpen={setShown}
        rowKeys={{ d: ({ digest }) => void copy(digest) }}
      />
      <p className="key-hints">{t('image.referrers.keys')}</p>
      {shown ? (
        <ReferrerDialog place={props.place} referrer={shown} onClose={() => setShown(null)} />
      ) : null}
    </>
  );
}

/** What a referrer holds to read: its first document, else its own manifest. */
function ReferrerDialog(props: {
  readonly place: ImagePlace;
  readonly referrer: Referrer;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const { address, repository } = props.place;
  const { kind, documents, digest } = props.referrer;
  const [document] = documents;
  const read = useQuery(
    api.repositories.document.queryOptions({
      input: { address, repository, digest: document?.digest ?? digest },
      enabled: document !== undefined,
      gcTime: 0,
    }),
  );
  const inspected = useQuery(
    api.repositories.inspect.queryOptions({
      input: { address, repository, reference: digest },
      enabled: document === undefined,
      select: ({ manifest }) => ({
        ...{ path: digest, size: manifest.length, text: manifest, truncated: false },
      }),
    }),
  );
  const content = document ? read : inspected;
  return <TextDialog title={t(`image.kind.${kind}`)} content={content} onClose={props.onClose} />;
}

function referrerColumns(t: Translator): readonly ColumnDef<Referrer>[] {
  return [
    {
      id: 'kind',
      header: t('image.referrers.kind'),
      meta: { track: '132px' },
      cell: ({ row: { original } }) => t(`image.kind.${original.kind}`),
    },
    {
      id: 'type',
      header: t('image.referrers.type'),
      meta: { track: 'minmax(0, 1fr)' },
      cell: ({ row: { original } }) => (
        <span className="clip" dir="ltr" title={original.type}>
          {original.type}
        </span>
      ),
    },
    {
      id: 'platform',
      header: t('image.fact.platform'),
      meta: { track: '112px' },
      cell: ({ row: { original } }) => original.platform ?? '',
    },
    {
      id: 'size',
      header: t('image.size'),
      meta: { track: '84px', align: 'end' },
      cell: ({ row: { original } }) => formatBytes(t.locale, original.size),
    },
    {
      id: 'created',
      header: t('image.fact.created'),
      meta: { track: '112px' },
      cell: ({ row: { original } }) =>
        original.created === null ? '' : formatDate(t.locale, original.created),
    },
    {
      id: 'digest',
      header: t('image.fact.digest'),
      meta: { track: '116px' },
      cell: ({ row: { original } }) => (
        <code dir="ltr" title={original.digest}>
          {shortDigest(original.digest)}
        </code>
      ),
    },
  ];
}
