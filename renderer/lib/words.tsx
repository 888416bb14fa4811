import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { createTranslator, type Locale, type Translator } from '../../shared/i18n/index.ts';

const WordsContext = createContext<Translator>(createTranslator('en'));

/** Gives the reader's language to everything below, and tells it to assistive technology. */
export function WordsProvider(props: { readonly locale: Locale; readonly children: ReactNode }) {
  const translator = useMemo(() => createTranslator(props.locale), [props.locale]);
  useEffect(() => {
    document.documentElement.lang = props.locale;
  }, [props.locale]);
  return <WordsContext value={translator}>{props.children}</WordsContext>;
}

/** The translator of the reader's language. */
export function useWords(): Translator {
  return useContext(WordsContext);
}
