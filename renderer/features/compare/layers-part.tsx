import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { formatBytes, type Translator } from '../../../shared/i18n/words.ts';
import { shortDigest } from '../../../shared/model/digest.ts';
import type { ImageComparison } from '../../../shared/model/image-comparison.ts';
import { instructionOf } from '../../../shared/model/instruction.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { ChangeMark } from './change-mark.tsx';
import { type LayerChange, layerChanges } from './layer-changes.ts';

/** Which layers two images share, and which only one of them has. */
export function LayersPart({ comparison }: { readonly comparison: ImageComparison }) {
  const t = useWords();
  const copy = useCopy();
  const rows = useMemo(() => layerChanges(comparison), [comparison]);
  const columns = useMemo(() => layerColumns(t), [t]);
  return (
    <>
      <DataTable
        label={t('compare.layersOf')}
        rows={rows}
        columns={columns}
        idOf={({ layer }) => layer.digest}
        rowKeys={{ d: ({ layer }) => void copy(layer.digest) }}
      />
      <p className="key-hints">{t('compare.layerKeys')}</p>
    </>
  );
}

function layerColumns(t: Translator): readonly ColumnDef<LayerChange>[] {
  return [
    {
      id: 'kind',
      header: t('compare.column.kind'),
      meta: { track: '112px' },
      cell: ({ row }) => <ChangeMark kind={row.original.kind} />,
    },
    {
      id: 'instruction',
      header: t('image.instruction'),
      meta: { track: 'minmax(0, 1fr)' },
      cell: ({ row }) => {
        const { createdBy } = row.original.layer;
        return createdBy === null ? (
          <span className="dimmed">{t('image.noInstruction')}</span>
        ) : (
          <code className="clip" dir="ltr" title={createdBy}>
            {instructionOf(createdBy)}
          </code>
        );
      },
    },
    {
      id: 'size',
      header: t('image.size'),
      meta: { track: '112px', align: 'end' },
      cell: ({ row }) => {
        const { foreign, size } = row.original.layer;
        if (foreign) return <span className="dimmed">{t('image.foreign')}</span>;
        return size === null ? '' : formatBytes(t.locale, size);
      },
    },
    {
      id: 'layer',
      header: t('image.layer'),
      meta: { track: '116px' },
      cell: ({ row }) => (
        <code dir="ltr" title={row.original.layer.digest}>
          {shortDigest(row.original.layer.digest)}
        </code>
      ),
    },
  ];
}
