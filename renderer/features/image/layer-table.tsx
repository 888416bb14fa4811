import type { ColumnDef } from '@tanstack/react-table';
import Layers from 'lucide-react/icons/layers';
import { useMemo } from 'react';
import { formatBytes, type Translator } from '../../../shared/i18n/words.ts';
import { shortDigest } from '../../../shared/model/digest.ts';
import type { ImageDetails } from '../../../shared/model/image-details.ts';
import { instructionOf } from '../../../shared/model/instruction.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type LayerRow, layerRows } from './layer-rows.ts';

/** How an image was made, step by step, with what each step weighs. */
export function LayerTable(props: { readonly details: ImageDetails; readonly name: string }) {
  const t = useWords();
  const copy = useCopy();
  const { details } = props;
  const rows = useMemo(() => layerRows(details), [details]);
  const heaviest = Math.max(1, ...rows.map(({ size }) => size ?? 0));
  const columns = useMemo(() => layerColumns(t, heaviest), [t, heaviest]);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<Layers size={32} strokeWidth={1.25} />}
        title={t('image.noLayers')}
        text={t('image.noLayersWhy')}
      />
    );
  }
  return (
    <DataTable
      label={t('image.layersOf', { name: props.name })}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      rowKeys={{ d: ({ layer }) => void (layer === null ? undefined : copy(layer)) }}
    />
  );
}

function layerColumns(t: Translator, heaviest: number): readonly ColumnDef<LayerRow>[] {
  return [
    {
      id: 'step',
      header: t('image.step'),
      meta: { track: '56px', align: 'end' },
      cell: ({ row }) => row.original.step,
    },
    {
      id: 'instruction',
      header: t('image.instruction'),
      meta: { track: 'minmax(0, 1fr)' },
      cell: ({ row: { original } }) =>
        original.instruction === '' ? (
          <span className="dimmed">{t('image.noInstruction')}</span>
        ) : (
          <code className="clip" dir="ltr" title={original.instruction}>
            {instructionOf(original.instruction)}
          </code>
        ),
    },
    {
      id: 'size',
      header: t('image.size'),
      meta: { track: '90px', align: 'end' },
      cell: ({ row: { original } }) => {
        if (original.foreign) return <span className="dimmed">{t('image.foreign')}</span>;
        return original.size === null ? '' : formatBytes(t.locale, original.size);
      },
    },
    {
      id: 'share',
      header: () => <span className="visually-hidden">{t('image.share')}</span>,
      meta: { track: '96px' },
      cell: ({ row: { original } }) =>
        original.size === null ? null : (
          <meter className="layer-meter" min={0} max={heaviest} value={original.size}>
            {formatBytes(t.locale, original.size)}
          </meter>
        ),
    },
    {
      id: 'layer',
      header: t('image.layer'),
      meta: { track: '116px' },
      cell: ({ row: { original } }) =>
        original.layer === null ? null : (
          <code dir="ltr" title={original.layer}>
            {shortDigest(original.layer)}
          </code>
        ),
    },
  ];
}
