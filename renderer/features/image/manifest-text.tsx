import { useMemo } from 'react';
import { useWords } from '../../lib/words.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

/** A manifest to read; what is copied is its very bytes, which the digest is about. */
export function ManifestText({ text }: { readonly text: string }) {
  const t = useWords();
  const shown = useMemo(() => indented(text), [text]);
  return (
    <div className="manifest-text">
      <div className="manifest-copy">
        <CopyButton text={text} label={t('image.copyManifest')} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre dir="ltr" tabIndex={0}>
        {shown}
      </pre>
    </div>
  );
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
