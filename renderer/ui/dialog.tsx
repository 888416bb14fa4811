import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { rescueFocus } from '../lib/rescue-focus.ts';
import './dialog.css';

/** What a dialog is made of. */
export interface DialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** `alertdialog` asks before something is changed. */
  readonly role?: 'dialog' | 'alertdialog';
  /** For what needs room, such as a plan. */
  readonly wide?: boolean;
  /** Escape was pressed. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A modal dialog: the browser's own, which keeps the focus inside, everything else inert, and gives the focus
 * back at the end, if what had it is still there. What is marked `data-autofocus` has the focus first.
 */
export function Dialog(props: DialogProps) {
  return props.opened ? createPortal(<OpenDialog {...props} />, document.body) : null;
}

function OpenDialog(props: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const bodyId = useId();
  const isAlert = props.role === 'alertdialog';
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => {
      element?.close();
      rescueFocus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={props.wide ? 'dialog dialog-wide' : 'dialog'}
      role={props.role ?? 'dialog'}
      aria-labelledby={titleId}
      {...(isAlert ? { 'aria-describedby': bodyId } : {})}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <h2 id={titleId}>{props.title}</h2>
      <div id={bodyId} className="dialog-body">
        {props.children}
      </div>
    </dialog>
  );
}
