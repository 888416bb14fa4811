import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import Tags from 'lucide-react/icons/tags';
import { type FormEvent, useMemo, useState } from 'react';
import { problemIn } from '../../lib/errors.ts';
import type { ImageChoice, ImagePlace } from '../../lib/image-place.ts';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterField } from '../../ui/filter-field.tsx';
import { NoHits } from '../../ui/no-hits.tsx';
import { RegistryProblem } from '../../ui/registry-problem.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { type OtherImage, otherImages } from './other-images.ts';

/** Asks which image to compare one with: another tag of its repository, or any image that is written out. */
export function CompareDialog(props: {
  readonly choice: ImageChoice;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const { address, repository, reference, platform } = props.choice;
  const [text, setText] = useState('');
  const registries = useQuery(api.registries.list.queryOptions({ staleTime: Infinity }));
  const tags = useQuery(
    api.repositories.tags.queryOptions({ input: { address, repository }, gcTime: 0 }),
  );
  const rows = useMemo(() => {
    const addresses = registries.data?.map((one) => one.address) ?? [];
    return otherImages(text, { address, repository, reference }, tags.data?.tags ?? [], addresses);
  }, [text, address, repository, reference, tags.data, registries.data]);
  const compareWith = (right: ImagePlace | undefined): void => {
    if (!right) return;
    const same = platform === undefined ? right : { ...right, platform };
    goTo({ screen: 'compare', left: props.choice, right: same });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    compareWith(rows[0]?.place);
  };
  const problem = problemIn(tags);
  const retry = (): void => void tags.refetch();
  return (
    <Dialog
      wide
      opened
      title={t('compare.choose', { name: `${repository} ${reference}` })}
      onClose={props.onClose}
    >
      <form className="chooser" onSubmit={submit}>
        <FilterField
          label={t('compare.chooseFilter')}
          placeholder={t('compare.chooseFilter')}
          value={text}
          onChange={setText}
        />
        {tags.isPending ? <StatusBadge tone="busy" word={t('browse.loadingTags')} /> : null}
        {problem ? (
          <RegistryProblem {...{ address, problem, onRetry: retry, onSignedIn: retry }} />
        ) : null}
        {rows.length > 0 ? (
          <DataTable
            label={t('compare.chooseFrom', { repository })}
            rows={rows}
            columns={[{ ...column, header: t('browse.column.tag') }]}
            idOf={({ name }) => name}
            opensOnClick
            onOpen={({ place }) => compareWith(place)}
          />
        ) : text.trim() !== '' ? (
          <NoHits text={text.trim()} />
        ) : tags.data ? (
          <EmptyState
            icon={<Tags size={32} strokeWidth={1.25} />}
            title={t('compare.chooseNone')}
            text={t('compare.chooseNoneWhy', { example: `${repository}-next:1.0` })}
          />
        ) : null}
      </form>
      <div className="dialog-actions">
        <p className="dimmed chooser-keys">{t('compare.chooseKeys')}</p>
        <Button variant="default" onClick={props.onClose}>
          {t('browse.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}

const column: ColumnDef<OtherImage> = {
  id: 'name',
  meta: { track: 'minmax(0, 1fr)' },
  cell: ({ row }) => (
    <span className="clip" dir="ltr" title={row.original.name}>
      {row.original.name}
    </span>
  ),
};
