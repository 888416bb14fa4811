import { useMemo } from 'react';
import { useWords } from '../../lib/words.tsx';
import { ShownText } from '../../ui/shown-text.tsx';

/** A manifest to read; what is copied is its very bytes, which the digest is about. */
export function ManifestText({ text }: { readonly text: string }) {
  const t = useWords();
  const shown = useMemo(() => indented(text), [text]);
  return (
    <ShownText
      fill
      text={shown}
      copied={text}
      label={t('image.tab.manifest')}
      copyLabel={t('image.copyManifest')}
    />
  );
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
