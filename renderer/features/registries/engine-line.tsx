import { useQuery } from '@tanstack/react-query';
import { explainHere } from '../../../shared/i18n/words.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { Prose } from '../../ui/prose.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** One line on the container engine that was found, or on what to do when there is none. */
export function EngineLine() {
  const t = useWords();
  const { api } = useRegent();
  const { data } = useQuery(api.engine.status.queryOptions());
  if (!data) return null;
  if (data.state === 'ready') {
    const { name, version } = data;
    return <StatusBadge tone="good" word={t('registries.home.engineFound', { name, version })} />;
  }
  const { what, fix } = explainHere(t, data.problem);
  return (
    <div>
      <StatusBadge tone="attention" word={what} />
      <p className="dimmed">
        <Prose text={fix} />
      </p>
    </div>
  );
}
