import { useState } from 'react';
import { useWords } from '../../lib/words.tsx';
import { HeadersDialog } from '../../ui/headers/headers-dialog.tsx';

/** Where no registry answered: a service before it may have, and lets through who brings its headers. */
export function GateButton(props: { readonly address: string; readonly onLookAgain: () => void }) {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
    props.onLookAgain();
  };
  return (
    <>
      <button type="button" className="text-button" onClick={() => setOpen(true)}>
        {t('registries.headers.open')}
      </button>
      {isOpen ? <HeadersDialog address={props.address} onClose={close} /> : null}
    </>
  );
}
