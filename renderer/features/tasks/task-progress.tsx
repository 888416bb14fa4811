import { Progress } from '@mantine/core';
import { formatBytes, type Translator } from '../../../shared/i18n/words.ts';
import type { LayerProgress, Task } from '../../../shared/model/task.ts';
import { useWords } from '../../lib/words.tsx';

/** How far a running task is: all of it, and each layer. */
export function TaskProgress({ task }: { readonly task: Task }) {
  const t = useWords();
  const percent = task.fraction === null ? 0 : Math.round(task.fraction * 100);
  const amount =
    task.total === null
      ? formatBytes(t.locale, task.done)
      : t('tasks.amount', {
          done: formatBytes(t.locale, task.done),
          total: formatBytes(t.locale, task.total),
        });
  return (
    <>
      <Progress.Root size={6}>
        <Progress.Section value={percent} aria-label={t('tasks.progress')} />
      </Progress.Root>
      <div className="task-line">
        <span>{amount}</span>
        <span>
          {task.rate > 0 ? t('tasks.rate', { rate: formatBytes(t.locale, task.rate) }) : ''}
        </span>
        <span>{task.fraction === null ? '' : t('tasks.percent', { fraction: task.fraction })}</span>
      </div>
      {task.layers.length > 0 ? (
        <ul className="task-layers">
          {task.layers.map((layer) => (
            <li key={layer.id} className="task-layer">
              <code dir="ltr">{layer.id}</code>
              <Progress.Root size={4} aria-hidden="true">
                <Progress.Section value={layerPercent(layer)} withAria={false} />
              </Progress.Root>
              <span className="layer-state">{layerWords(t, layer)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function layerPercent(layer: LayerProgress): number {
  if (['done', 'present', 'mounted', 'extracting'].includes(layer.state)) return 100;
  return layer.total ? Math.min(100, (layer.done / layer.total) * 100) : 0;
}

function layerWords(t: Translator, layer: LayerProgress): string {
  const isMoving =
    (layer.state === 'downloading' || layer.state === 'uploading') && layer.total !== null;
  return isMoving
    ? t('tasks.amount', {
        done: formatBytes(t.locale, layer.done),
        total: formatBytes(t.locale, layer.total ?? 0),
      })
    : t(`tasks.layer.${layer.state}`);
}
