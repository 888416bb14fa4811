import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ChangeEvent, useRef, useState } from 'react';
import type { TrustResult } from '../../../shared/model/trust.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { Dialog } from '../dialog.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { type Bundle, ImportDecision } from './import-decision.tsx';
import { PlanEnd } from './plan-dialog.tsx';
import { TrustOutcome } from './trust-outcome.tsx';

/** Takes over a trust from another machine: a `.regent.json` file, whose fingerprint is shown before anything is written. */
export function ImportBundle(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** What to do with the address once it is trusted. */
  readonly onTrusted?: (address: string) => void;
}) {
  return props.opened ? (
    <OpenImport onClose={props.onClose} onTrusted={props.onTrusted ?? (() => {})} />
  ) : null;
}

function OpenImport(props: {
  readonly onClose: () => void;
  readonly onTrusted: (address: string) => void;
}) {
  const t = useWords();
  const [bundle, setBundle] = useState<Bundle | null>(null);
  const [result, setResult] = useState<TrustResult | null>(null);
  const close = (): void => {
    props.onClose();
    if (result) props.onTrusted(result.address);
  };
  return (
    <Dialog wide opened title={t('registries.import.title')} onClose={close}>
      {result ? (
        <PlanEnd onClose={close}>
          <p role="status">{t('registries.plan.done')}</p>
          <TrustOutcome result={result} />
        </PlanEnd>
      ) : bundle ? (
        <ImportDecision bundle={bundle} onDone={setResult} onClose={close} />
      ) : (
        <ChooseBundle onRead={setBundle} onClose={close} />
      )}
    </Dialog>
  );
}

function ChooseBundle(props: {
  readonly onRead: (bundle: Bundle) => void;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { client } = useRegent();
  const input = useRef<HTMLInputElement>(null);
  const read = useMutation({
    mutationFn: async (file: File) => client.trust.readBundle({ text: await file.text() }),
    onSuccess: props.onRead,
  });
  const problem = problemIn(read);
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.currentTarget.files?.[0];
    if (file) read.mutate(file);
    // The same file can then be chosen again, mended.
    event.currentTarget.value = '';
  };
  return (
    <>
      <p>{t('registries.import.text')}</p>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label={t('registries.import.file')}
        className="visually-hidden"
        tabIndex={-1}
        onChange={choose}
      />
      {problem ? (
        <ProblemNote problem={problem} actions={{ retry: () => input.current?.click() }} />
      ) : null}
      <div className="dialog-actions">
        <Button variant="default" onClick={props.onClose}>
          {t('browse.cancel')}
        </Button>
        <Button data-autofocus loading={read.isPending} onClick={() => input.current?.click()}>
          {t('registries.import.choose')}
        </Button>
      </div>
    </>
  );
}
