import { CopyButton } from './copy-button.tsx';
import './command-line.css';

/** A command to run by hand, with a button to copy it. */
export function CommandLine(props: { readonly command: string; readonly copyLabel: string }) {
  return (
    <div className="command-line">
      <code dir="ltr">{props.command}</code>
      <CopyButton text={props.command} label={props.copyLabel} />
    </div>
  );
}
