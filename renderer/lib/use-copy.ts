import { useCallback } from 'react';
import { explainHere } from '../../shared/i18n/words.ts';
import { useAnnounce } from './announcer.tsx';
import { problemOf } from './errors.ts';
import { useRegent } from './regent-context.tsx';
import { useWords } from './words.tsx';

/** Copies a text through the main process (the window has no clipboard) and says that it did. */
export function useCopy(): (text: string) => Promise<boolean> {
  const { client } = useRegent();
  const t = useWords();
  const announce = useAnnounce();
  return useCallback(
    async (text) => {
      try {
        await client.settings.copyText({ text });
        announce(t('browse.copied'));
        return true;
      } catch (error) {
        announce(explainHere(t, problemOf(error)).what);
        return false;
      }
    },
    [client, t, announce],
  );
}
