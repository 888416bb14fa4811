import { ActionIcon } from '@mantine/core';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import { useWords } from '../lib/words.tsx';

/** Looks again at what the screen shows; the key R does the same. */
export function RefreshButton(props: { readonly onRefresh: () => void }) {
  const t = useWords();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t('browse.refresh')}
      title={`${t('browse.refresh')} (R)`}
      onClick={props.onRefresh}
    >
      <RefreshCw size={15} aria-hidden="true" />
    </ActionIcon>
  );
}
