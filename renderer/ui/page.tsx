import { type ReactNode, useEffect, useRef } from 'react';
import './page.css';

/** The frame of every screen. When it opens, what is marked `data-autofocus` takes the focus, else the heading. */
export function Page(props: {
  readonly title: ReactNode;
  readonly documentTitle: string;
  readonly actions?: ReactNode;
  readonly fill?: boolean;
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const first = document.querySelector<HTMLElement>('main [data-autofocus]');
    (first ?? heading.current)?.focus();
  }, []);
  useEffect(() => {
    document.title = props.documentTitle;
  }, [props.documentTitle]);
  return (
    <>
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        <div className="page-actions">{props.actions}</div>
      </header>
      <div className={props.fill ? 'page-body page-fill' : 'page-body'}>{props.children}</div>
    </>
  );
}
