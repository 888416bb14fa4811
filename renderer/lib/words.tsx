import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Locale, Translator } from '../../shared/i18n/words.ts';
import { loadWords } from './load-words.ts';

const WordsContext = createContext<Translator | null>(null);

/**
 * Gives the reader's language to everything below, and tells it to assistive technology. It begins with words that
 * are loaded already; another language takes their place once it is there.
 */
export function WordsProvider(props: {
  readonly first: Translator;
  readonly locale: Locale;
  readonly children: ReactNode;
}) {
  const { locale } = props;
  const [words, setWords] = useState(() => props.first);
  useEffect(() => {
    if (words.locale === locale) return;
    let isWanted = true;
    void loadWords(locale).then((loaded) => isWanted && setWords(() => loaded));
    return () => {
      isWanted = false;
    };
  }, [words, locale]);
  useEffect(() => {
    document.documentElement.lang = words.locale;
  }, [words]);
  return <WordsContext value={words}>{props.children}</WordsContext>;
}

/** The translator of the reader's language. */
export function useWords(): Translator {
  const words = useContext(WordsContext);
  if (!words) throw new Error('useWords is used outside of WordsProvider');
  return words;
}
