import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import type { Settings } from '../../shared/contract/settings.ts';
import type { Translator } from '../../shared/i18n/words.ts';
import { AnnouncerProvider } from '../lib/announcer.tsx';
import { useSettings } from '../lib/settings.ts';
import { TasksProvider } from '../lib/tasks.tsx';
import { WordsProvider } from '../lib/words.tsx';
import { SignInProvider } from '../ui/sign-in/ask-to-sign-in.tsx';
import { Shell } from './shell.tsx';
import { colorSchemeManager, theme } from './theme.ts';

/** The whole window, once it is connected and has its words. */
export function App(props: { readonly words: Translator }) {
  const { settings, locale } = useSettings();
  const chosen = settings?.theme ?? 'system';
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme={schemeOf(chosen)}
      colorSchemeManager={colorSchemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <FollowTheme theme={chosen} />
      <WordsProvider first={props.words} locale={locale}>
        <AnnouncerProvider>
          <TasksProvider>
            <SignInProvider>
              <Shell />
            </SignInProvider>
          </TasksProvider>
        </AnnouncerProvider>
      </WordsProvider>
    </MantineProvider>
  );
}

/** Puts the chosen theme on the page whenever it changes. */
function FollowTheme(props: { readonly theme: Settings['theme'] }) {
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const scheme = schemeOf(props.theme);
  useEffect(() => setColorScheme(scheme), [scheme, setColorScheme]);
  return null;
}

function schemeOf(chosen: Settings['theme']): 'auto' | 'light' | 'dark' {
  return chosen === 'system' ? 'auto' : chosen;
}
