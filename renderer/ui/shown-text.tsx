import { CopyButton } from './copy-button.tsx';
import './shown-text.css';

/** A text of its own to read, with a button that copies all of it. `copied` is what the button takes, else the text. */
export function ShownText(props: {
  readonly text: string;
  readonly label: string;
  readonly copyLabel: string;
  readonly copied?: string;
  readonly fill?: boolean;
}) {
  return (
    <section
      className={props.fill ? 'shown-text shown-text-fill' : 'shown-text'}
      aria-label={props.label}
    >
      <div className="shown-text-copy">
        <CopyButton text={props.copied ?? props.text} label={props.copyLabel} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre dir="auto" tabIndex={0}>
        {props.text}
      </pre>
    </section>
  );
}
