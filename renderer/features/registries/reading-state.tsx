import { useState } from 'react';
import { formatAge } from '../../../shared/i18n/words.ts';
import { useWords } from '../../lib/words.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { KnownRepositories } from './use-repositories.ts';

/** How many repositories the list shows, and how far the reading of them has come. */
export function ReadingState(props: {
  readonly known: KnownRepositories;
  readonly isReading: boolean;
  readonly count: number;
}) {
  const t = useWords();
  const { known, isReading } = props;
  const [now] = useState(() => Date.now());
  const count = t('browse.repositoryCount', { count: props.count });
  return (
    <span className="toolbar-note" aria-live="polite">
      {isReading && known.state === 'kept' ? (
        <StatusBadge
          tone="busy"
          word={t('browse.refreshingKept', {
            age: formatAge(t.locale, known.at, now),
            count: known.arrived,
          })}
        />
      ) : isReading && known.state === 'arriving' ? (
        t('browse.loadingMore', { count: known.arrived })
      ) : known.state === 'arriving' ? (
        t('browse.partOfList', { count: props.count })
      ) : (
        count
      )}
    </span>
  );
}
