import type { MessageKey } from '../../../shared/i18n/words.ts';
import type { Note } from '../../../shared/model/consumer.ts';
import { useWords } from '../../lib/words.tsx';
import { CopyButton } from '../copy-button.tsx';
import { Prose } from '../prose.tsx';
import './note-list.css';

/** What a person should know about one program's part of a plan; commands can be copied. */
export function NoteList({ notes }: { readonly notes: readonly Note[] }) {
  const t = useWords();
  if (notes.length === 0) return null;
  return (
    <ul className="notes">
      {notes.map(({ code, facts }) => (
        <li key={`${code} ${facts.command}`}>
          <span>
            <Prose text={t(`common.note.${code}` as MessageKey, facts)} />
          </span>
          {facts.command === undefined ? null : (
            <CopyButton text={facts.command} label={t('registries.certificate.copyCommand')} />
          )}
        </li>
      ))}
    </ul>
  );
}
