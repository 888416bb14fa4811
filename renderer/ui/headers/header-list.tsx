import { Button } from '@mantine/core';
import { formatDate } from '../../../shared/i18n/words.ts';
import type { RegistryHeader } from '../../../shared/model/registry-header.ts';
import { useWords } from '../../lib/words.tsx';

/** The names of the headers that are set, each with a way to remove it. */
export function HeaderList(props: {
  readonly headers: readonly RegistryHeader[];
  readonly busy: boolean;
  readonly onRemove: (name: string) => void;
}) {
  const t = useWords();
  if (props.headers.length === 0) return <p>{t('registries.headers.empty')}</p>;
  return (
    <ul className="headers" aria-label={t('registries.headers.list')}>
      {props.headers.map(({ name, updatedAt }) => (
        <li key={name}>
          <code dir="ltr">{name}</code>
          <span className="dimmed">
            {t('registries.headers.since', { date: formatDate(t.locale, updatedAt) })}
          </span>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('registries.headers.remove', { name })}
            disabled={props.busy}
            onClick={() => props.onRemove(name)}
          >
            {t('registries.remove.confirm')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
