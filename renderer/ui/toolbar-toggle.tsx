import type { ReactNode } from 'react';
import './toolbar-toggle.css';

/** A button above a list that stays down: what it says is so while it is. */
export function ToolbarToggle(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly icon?: ReactNode;
}) {
  return (
    <button
      type="button"
      className="toolbar-toggle"
      aria-pressed={props.isOn}
      onClick={() => props.onChange(!props.isOn)}
    >
      {props.icon}
      {props.label}
    </button>
  );
}
