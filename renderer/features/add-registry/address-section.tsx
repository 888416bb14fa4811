import { Button, TextInput } from '@mantine/core';
import { type ClipboardEvent, type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { explainHere } from '../../../shared/i18n/words.ts';
import { readPasted } from '../../../shared/model/pasted.ts';
import { problemOf } from '../../lib/errors.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Prose } from '../../ui/prose.tsx';
import { ImportBundle } from '../../ui/trust/import-bundle.tsx';
import { type Flow, placeOf, type Target } from './flow.ts';
import { GateButton } from './gate-button.tsx';
import { ProbeSteps } from './probe-steps.tsx';
import { Section } from './section.tsx';

/** The first part: what to add, and what a look at it found. */
export function AddressSection(props: {
  readonly flow: Flow;
  readonly initialText: string;
  readonly onLook: (target: Target) => void;
  readonly onStop: () => void;
}) {
  const t = useWords();
  const { flow } = props;
  const [text, setText] = useState(props.initialText);
  const [isImporting, setImporting] = useState(false);
  const [invalid, setInvalid] = useState<Problem | null>(null);
  const look = (input: string): void => {
    try {
      props.onLook(readPasted(input));
      setInvalid(null);
    } catch (error) {
      setInvalid(problemOf(error));
    }
  };
  const begin = useEffectEvent(() => props.initialText !== '' && look(props.initialText));
  useEffect(() => void begin(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    look(text);
  };
  // Pasting says enough: only what fills the whole field starts the look at once.
  const paste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const pasted = event.clipboardData.getData('text').trim();
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    if (pasted === '' || selectionStart !== 0 || selectionEnd !== value.length) return;
    event.preventDefault();
    setText(pasted);
    look(pasted);
  };
  if (placeOf(flow) !== 'address') {
    return (
      <Section
        number={1}
        title={t('registries.add.address')}
        state="done"
        summary={
          <>
            <code dir="ltr">{flow.target?.address}</code>
            <button type="button" className="text-button" onClick={props.onStop}>
              {t('registries.add.change')}
            </button>
          </>
        }
      >
        <ProbeSteps steps={flow.steps} proxy={flow.report?.proxy ?? null} />
      </Section>
    );
  }
  const isRunning = flow.look === 'running';
  return (
    <Section number={1} title={t('registries.add.address')} state="open">
      <form className="address-form" onSubmit={submit}>
        <TextInput
          aria-label={t('registries.paste.label')}
          placeholder={t('registries.paste.placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setInvalid(null);
          }}
          onPaste={paste}
          error={invalid ? explainHere(t, invalid).what : null}
          {...(invalid ? { description: <Prose text={explainHere(t, invalid).fix} /> } : {})}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          data-autofocus
        />
        {isRunning ? (
          <Button variant="default" onClick={props.onStop}>
            {t('registries.add.cancelLook')}
          </Button>
        ) : (
          <Button type="submit" disabled={text.trim() === ''}>
            {t('registries.add.look')}
          </Button>
        )}
      </form>
      {isRunning ? null : (
        <div>
          <button type="button" className="text-button" onClick={() => setImporting(true)}>
            {t('registries.import.open')}
          </button>
        </div>
      )}
      <ImportBundle
        opened={isImporting}
        onClose={() => setImporting(false)}
        onTrusted={(address) => {
          setText(address);
          look(address);
        }}
      />
      {flow.steps.length > 0 ? (
        <ProbeSteps steps={flow.steps} proxy={flow.report?.proxy ?? null} />
      ) : null}
      <AddressProblems flow={flow} onRetry={() => look(text)} />
    </Section>
  );
}

function AddressProblems(props: { readonly flow: Flow; readonly onRetry: () => void }) {
  const { flow } = props;
  return endingProblems(flow).map((problem) => (
    <ProblemNote key={problem.code} problem={problem} actions={{ retry: props.onRetry }}>
      {problem.code === 'NOT_A_REGISTRY' ? (
        <GateButton address={problem.data.address} onLookAgain={props.onRetry} />
      ) : null}
    </ProblemNote>
  ));
}

/** What ended the look. Where no registry is, what its certificate is worth does not matter: nobody shall trust it. */
function endingProblems({ problem, report }: Flow): readonly Problem[] {
  if (problem) return [problem];
  const problems = report?.problems ?? [];
  const noRegistry = problems.filter(({ code }) => code === 'NOT_A_REGISTRY');
  return noRegistry.length > 0 ? noRegistry : problems;
}
