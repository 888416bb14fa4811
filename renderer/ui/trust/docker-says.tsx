import { useWords } from '../../lib/words.tsx';
import './docker-says.css';

/** The words that Docker prints, as a quotation; nothing when it has none. */
export function DockerSays({ words }: { readonly words: string | null }) {
  const t = useWords();
  if (words === null || words === '') return null;
  return (
    <figure className="docker-says">
      <figcaption>{t('registries.certificate.dockerSays')}</figcaption>
      <blockquote>
        <code dir="ltr">{words}</code>
      </blockquote>
    </figure>
  );
}
