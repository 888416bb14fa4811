import Search from 'lucide-react/icons/search';
import { useWords } from '../lib/words.tsx';
import { EmptyState } from './empty-state.tsx';

/** Stands in for a list of which a filter keeps nothing. */
export function NoHits({ text }: { readonly text: string }) {
  const t = useWords();
  return (
    <EmptyState
      icon={<Search size={32} strokeWidth={1.25} />}
      title={t('browse.noHits', { text })}
    />
  );
}
