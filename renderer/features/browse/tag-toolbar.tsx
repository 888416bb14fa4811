import { Button } from '@mantine/core';
import Paperclip from 'lucide-react/icons/paperclip';
import { useState } from 'react';
import { formatAge } from '../../../shared/i18n/words.ts';
import { useWords } from '../../lib/words.tsx';
import { FilterField } from '../../ui/filter-field.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ToolbarToggle } from '../../ui/toolbar-toggle.tsx';
import type { useTagRows } from './use-tag-rows.ts';
import type { KnownTags } from './use-tags.ts';

/** Above the tags: the filter, what is folded away, how many there are and from when, and tidying. */
export function TagToolbar(props: {
  readonly list: ReturnType<typeof useTagRows>;
  readonly known: KnownTags;
  readonly isReading: boolean;
  readonly onCleanUp: () => void;
}) {
  const t = useWords();
  const { list, known } = props;
  const [now] = useState(() => Date.now());
  return (
    <div className="toolbar">
      <FilterField label={t('browse.filterTags')} value={list.filter} onChange={list.setFilter} />
      {list.attached === 0 ? null : (
        <ToolbarToggle
          label={t('browse.attachedTags', { count: list.attached })}
          icon={<Paperclip size={14} aria-hidden="true" />}
          isOn={list.showsAttached}
          onChange={list.setShowsAttached}
        />
      )}
      <span className="toolbar-note" aria-live="polite">
        {known.isKept && props.isReading ? (
          <StatusBadge
            tone="busy"
            word={t('browse.refreshingKept', {
              age: formatAge(t.locale, known.at, now),
              count: 0,
            })}
          />
        ) : (
          t('browse.tagCount', { count: list.rows.length })
        )}
      </span>
      <Button variant="default" size="compact-sm" onClick={props.onCleanUp}>
        {t('browse.cleanUp')}
      </Button>
    </div>
  );
}
