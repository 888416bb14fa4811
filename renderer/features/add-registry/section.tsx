import Check from 'lucide-react/icons/check';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../lib/words.tsx';
import './section.css';

/** Where a part of the flow stands. */
export type SectionState = 'ahead' | 'open' | 'done';

/** One part of the flow: its number or tick, its heading, and one line once it is done. */
export function Section(props: {
  readonly number: number;
  readonly title: string;
  readonly state: SectionState;
  readonly summary?: ReactNode;
  readonly children?: ReactNode;
}) {
  const t = useWords();
  const frame = useRef<HTMLElement>(null);
  const { state } = props;
  const before = useRef(state);
  useEffect(() => {
    if (state === 'open' && before.current !== 'open') enter(frame.current);
    before.current = state;
  }, [state]);
  return (
    <section
      ref={frame}
      className={`flow-section flow-${state}`}
      aria-label={props.title}
      {...(state === 'open' ? { 'aria-current': 'step' as const } : {})}
    >
      <div className="flow-mark" aria-hidden="true">
        {state === 'done' ? <Check size={14} /> : props.number}
      </div>
      <div className="flow-content">
        <div className="flow-head">
          <h2 tabIndex={-1}>{props.title}</h2>
          {state === 'done' ? (
            <>
              <span className="visually-hidden">{t('registries.add.done')}</span>
              <div className="flow-summary">{props.summary}</div>
            </>
          ) : null}
        </div>
        {props.children}
      </div>
    </section>
  );
}

/** Leads to a part whose turn has come, unless the person is busy outside of the flow. */
function enter(section: HTMLElement | null): void {
  section?.scrollIntoView({ block: 'nearest' });
  const { activeElement } = document;
  if (activeElement !== document.body && !activeElement?.closest('.flow')) return;
  const first = section?.querySelector<HTMLElement>('[data-autofocus]');
  (first ?? section?.querySelector<HTMLElement>('h2'))?.focus({ preventScroll: true });
}
