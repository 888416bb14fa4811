import { sayChange } from '../../../shared/i18n/words.ts';
import type { Change } from '../../../shared/model/change.ts';
import { useWords } from '../../lib/words.tsx';
import { TextDiff } from './text-diff.tsx';
import './change-list.css';

/** Certificates are shown by their facts and fingerprint; their text says nothing to anybody. */
const CERTIFICATE = '-----BEGIN CERTIFICATE-----';

/** Exact changes of this machine, one a line; what is written into a file can be unfolded. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const t = useWords();
  return (
    <ul className="changes">
      {changes.map((change) => {
        const words = sayChange(t, change);
        return (
          <li key={words}>
            {words}
            <ChangedText change={change} />
          </li>
        );
      })}
    </ul>
  );
}

function ChangedText({ change }: { readonly change: Change }) {
  const t = useWords();
  if (change.kind === 'edit-file') {
    return (
      <details>
        <summary>{t('registries.plan.showEdit')}</summary>
        <TextDiff before={change.before ?? ''} after={change.after} />
      </details>
    );
  }
  if (change.kind !== 'write-file' || isNothingToRead(change.content)) return null;
  return (
    <details>
      <summary>{t('registries.plan.showContent')}</summary>
      <TextDiff before="" after={change.content} />
    </details>
  );
}

function isNothingToRead(content: string): boolean {
  return content.trim() === '' || content.trimStart().startsWith(CERTIFICATE);
}
