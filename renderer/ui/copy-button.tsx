import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState } from 'react';
import { useCopy } from '../lib/use-copy.ts';
import './copy-button.css';

/** How long the tick stays, in milliseconds. */
const STAY = 1500;

/** A small button that copies a text. `label` says what is copied. */
export function CopyButton(props: {
  readonly text: string;
  readonly label: string;
  readonly tabIndex?: number;
}) {
  const copy = useCopy();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), STAY);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      tabIndex={props.tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        void copy(props.text).then(setCopied);
      }}
    >
      {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
    </button>
  );
}
