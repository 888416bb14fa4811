import Package from 'lucide-react/icons/package';
import { useWords } from '../../lib/words.tsx';
import { CommandLine } from '../../ui/command-line.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** A registry that holds nothing yet, with the commands that would put something in. */
export function NoRepositories({ address }: { readonly address: string }) {
  const t = useWords();
  const image = `${address}/hello:1`;
  return (
    <EmptyState
      icon={<Package size={32} strokeWidth={1.25} />}
      title={t('browse.noRepositories')}
      text={t('browse.pushExample')}
    >
      <CommandLine
        command={`docker tag hello ${image}\ndocker push ${image}`}
        copyLabel={t('browse.copyCommands')}
      />
    </EmptyState>
  );
}
