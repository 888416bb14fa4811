import Star from 'lucide-react/icons/star';
import { useWords } from '../lib/words.tsx';
import './star-button.css';

/** Makes a repository a favourite, or none any more; the key S does the same. */
export function StarButton(props: {
  readonly repository: string;
  readonly isFavourite: boolean;
  readonly onToggle: () => void;
  readonly tabIndex?: number;
}) {
  const t = useWords();
  const { isFavourite } = props;
  return (
    <button
      type="button"
      className={isFavourite ? 'icon-button star star-on' : 'icon-button star'}
      aria-pressed={isFavourite}
      aria-label={t('browse.favourite', { repository: props.repository })}
      title={`${t(isFavourite ? 'browse.unmark' : 'browse.mark')} (S)`}
      tabIndex={props.tabIndex}
      onClick={props.onToggle}
    >
      <Star size={14} aria-hidden="true" />
    </button>
  );
}
