import { useQuery } from '@tanstack/react-query';
import History from 'lucide-react/icons/history';
import { useRegent } from '../lib/regent-context.tsx';
import { useWords } from '../lib/words.tsx';
import './away-note.css';
import { Prose } from './prose.tsx';

/** Over what a registry of the first generation holds: that Docker speaks to it no more, and how its images get away. */
export function V1Note(props: {
  readonly address: string;
  /** Whether all ways are told, or only the nearest. */
  readonly isWhole?: boolean;
}) {
  const { address, isWhole = false } = props;
  const t = useWords();
  const { api } = useRegent();
  const { data } = useQuery(
    api.registries.status.queryOptions({ input: { address }, staleTime: 60_000 }),
  );
  if (data?.api !== 'v1') return null;
  return (
    <div className="away-note" role="note">
      <History size={16} aria-hidden="true" className="away-icon" />
      <div className="away-text">
        <p>
          <strong>{t('common.v1.note', { address })}</strong>
        </p>
        <p className="dimmed">
          <Prose text={isWhole ? t('common.v1.move', { address }) : t('common.v1.here')} />
        </p>
      </div>
    </div>
  );
}
