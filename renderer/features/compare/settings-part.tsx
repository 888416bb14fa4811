import Equal from 'lucide-react/icons/equal';
import type { MessageKey, Translator } from '../../../shared/i18n/words.ts';
import type { Difference } from '../../../shared/model/image-comparison.ts';
import { useWords } from '../../lib/words.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { kindOf } from './change-kind.ts';
import { ChangeMark } from './change-mark.tsx';

/** What containers of two images start with in different ways, each with both values in full. */
export function SettingsPart(props: { readonly differences: readonly Difference[] }) {
  const t = useWords();
  const { differences } = props;
  if (differences.length === 0) {
    return (
      <EmptyState
        icon={<Equal size={32} strokeWidth={1.25} />}
        title={t('compare.settings', { count: 0 })}
        text={t('compare.settingsWhy')}
      />
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div className="part-scroll" tabIndex={0}>
      <table className="settings-table" aria-label={t('compare.settingsOf')}>
        <thead>
          <tr>
            <th scope="col">{t('compare.column.kind')}</th>
            <th scope="col">{t('compare.column.setting')}</th>
            <th scope="col">{t('compare.first')}</th>
            <th scope="col">{t('compare.second')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((difference) => (
            <tr key={difference.name}>
              <td>
                <ChangeMark kind={kindOf(difference)} />
              </td>
              <th scope="row" dir="auto">
                {nameOf(t, difference)}
              </th>
              <td>
                <Value text={difference.left} />
              </td>
              <td>
                <Value text={difference.right} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `env PATH`: the first word is one of ours, the rest is a name. */
function nameOf(t: Translator, { name }: Difference): string {
  const [word = '', ...rest] = name.split(' ');
  return [t(`compare.name.${word}` as MessageKey), ...rest].join(' ');
}

function Value({ text }: { readonly text: string | null }) {
  const t = useWords();
  if (text === null) return <span className="dimmed">{t('image.notStated')}</span>;
  return <code dir="ltr">{text}</code>;
}
