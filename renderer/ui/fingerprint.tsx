import { formatFingerprint } from '../../shared/model/fingerprint.ts';
import { useWords } from '../lib/words.tsx';
import { CopyButton } from './copy-button.tsx';
import './fingerprint.css';

/** Bytes in one group and groups in one line: short enough to compare by eye and by voice. */
const GROUP = 4;

/** A SHA-256 fingerprint in groups, with a button that copies it as `openssl` writes it. */
export function Fingerprint(props: { readonly sha256: string }) {
  const t = useWords();
  const text = formatFingerprint(props.sha256);
  return (
    <div className="fingerprint">
      <code dir="ltr">
        {groupsOf(text).map(({ at, group }) => (
          <span key={at}>{group}</span>
        ))}
      </code>
      <CopyButton text={text} label={t('registries.certificate.copyFingerprint')} />
    </div>
  );
}

/** A SHA-256 fingerprint in running text; it breaks between groups only. */
export function FingerprintText(props: { readonly sha256: string }) {
  return (
    <code className="fingerprint-text" dir="ltr">
      {groupsOf(formatFingerprint(props.sha256)).map(({ at, group }) => (
        <span key={at}>{group}</span>
      ))}
    </code>
  );
}

function groupsOf(text: string): readonly { readonly at: number; readonly group: string }[] {
  const length = GROUP * 3;
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) => ({
    at: index * length,
    group: text.slice(index * length, (index + 1) * length),
  }));
}
