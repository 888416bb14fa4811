import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import './announcer.css';

const AnnouncerContext = createContext<(text: string) => void>(() => {});

/** How long a short message stays, in milliseconds. */
const STAY = 2600;

/** Shows short messages ("Copied") at the window's foot, and reads them out. */
export function AnnouncerProvider(props: { readonly children: ReactNode }) {
  const [message, setMessage] = useState({ text: '', count: 0 });
  const announce = useCallback(
    (text: string) => setMessage((before) => ({ text, count: before.count + 1 })),
    [],
  );
  useEffect(() => {
    if (message.text === '') return;
    const timer = setTimeout(() => setMessage(({ count }) => ({ text: '', count })), STAY);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <AnnouncerContext value={announce}>
      {props.children}
      <div className="announcer" role="status">
        {message.text === '' ? null : <span key={message.count}>{message.text}</span>}
      </div>
    </AnnouncerContext>
  );
}

/** Says something short to the person, to the eye and to the ear. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnouncerContext);
}
