import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import type { Settings } from '../../../shared/contract/settings.ts';
import { locales } from '../../../shared/i18n/words.ts';
import { useSettings } from '../../lib/settings.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const themes = ['system', 'light', 'dark'] as const;

/** Names of languages, each in its own, so that everybody finds theirs. */
const languageNames = { en: 'English', ko: '한국어', pl: 'Polski' } as const;

/** Theme and language. Both change at once. */
export function AppearanceSettings() {
  const t = useWords();
  const { settings, change, problem } = useSettings();
  const themeLabel = useId();
  if (!settings) return null;
  return (
    <section className="settings-part" aria-label={t('settings.appearance')}>
      <h2>{t('settings.appearance')}</h2>
      <div className="settings-row">
        <span className="settings-label" id={themeLabel}>
          {t('settings.theme')}
        </span>
        <SegmentedControl
          aria-labelledby={themeLabel}
          size="xs"
          value={settings.theme}
          onChange={(theme) => change({ ...settings, theme: theme as Settings['theme'] })}
          data={themes.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
        />
      </div>
      <div className="settings-row">
        <span className="settings-label" aria-hidden="true">
          {t('settings.language')}
        </span>
        <NativeSelect
          aria-label={t('settings.language')}
          value={settings.language}
          onChange={(event) =>
            change({ ...settings, language: event.currentTarget.value as Settings['language'] })
          }
          data={[
            { value: 'system', label: t('settings.language.system') },
            ...locales.map((value) => ({ value, label: languageNames[value] })),
          ]}
        />
      </div>
      {problem ? <ProblemNote problem={problem} /> : null}
    </section>
  );
}
