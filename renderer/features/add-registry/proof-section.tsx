import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { explainHere } from '../../../shared/i18n/words.ts';
import { problemIn, problemOf } from '../../lib/errors.ts';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useTasks } from '../../lib/tasks.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ProofMatrix } from '../../ui/trust/proof-matrix.tsx';
import { ProofSignIn } from '../../ui/trust/proof-sign-in.tsx';
import { type Flow, pastedReference, placeOf } from './flow.ts';
import { Section } from './section.tsx';

/** The last part: what the engine itself says, and where to go from here. */
export function ProofSection(props: {
  readonly flow: Flow;
  readonly isAdded: boolean;
  readonly addProblem: Problem | null;
  readonly onRetryAdd: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const { flow } = props;
  const address = flow.target?.address ?? '';
  const isMyTurn = placeOf(flow) === 'proof';
  const proof = useQuery(
    api.trust.proof.queryOptions({
      input: { address },
      enabled: isMyTurn && props.isAdded,
      staleTime: 0,
      gcTime: 0,
    }),
  );
  const title = t('registries.add.proof');
  if (!isMyTurn) return <Section number={4} title={title} state="ahead" />;
  const problem = problemIn(proof);
  return (
    <Section number={4} title={title} state="open">
      {props.addProblem ? (
        <ProblemNote problem={props.addProblem} actions={{ retry: props.onRetryAdd }} />
      ) : null}
      <div aria-live="polite">
        {proof.data ? (
          <>
            <ProofMatrix label={title} rows={proof.data.proof} />
            {proof.data.proof.some(({ reason }) => reason === 'no-engine') ? (
              <p>{t('registries.proof.engineAdds')}</p>
            ) : null}
          </>
        ) : proof.isFetching ? (
          <StatusBadge tone="busy" word={t('registries.proof.asking')} />
        ) : null}
      </div>
      {problem ? (
        <ProblemNote problem={problem} actions={{ retry: () => void proof.refetch() }} />
      ) : null}
      {proof.data?.proof.some(({ outcome }) => outcome === 'refused') ? (
        <div className="flow-actions">
          <ProofSignIn
            address={address}
            rows={proof.data.proof}
            onSignedIn={() => proof.refetch()}
          />
          <Button variant="default" loading={proof.isFetching} onClick={() => void proof.refetch()}>
            {t('browse.action.retry')}
          </Button>
        </div>
      ) : null}
      {props.isAdded ? <NextSteps flow={flow} /> : null}
    </Section>
  );
}

function NextSteps({ flow }: { readonly flow: Flow }) {
  const t = useWords();
  const { api } = useRegent();
  const { pull } = useTasks();
  const engine = useQuery(api.engine.status.queryOptions());
  const [problem, setProblem] = useState<Problem | null>(null);
  const address = flow.target?.address ?? '';
  const reference = flow.target ? pastedReference(flow.target) : null;
  const absent = engine.data && engine.data.state !== 'ready' ? engine.data.problem : null;
  const pullsFirst = reference !== null && absent === null;
  const actions = useRef<HTMLDivElement>(null);
  // Who came this far with the keyboard stands at the heading when these steps come late.
  useEffect(() => {
    const part = actions.current?.closest('section');
    if (document.activeElement !== part?.querySelector('h2')) return;
    actions.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);
  return (
    <>
      <div className="flow-actions" ref={actions}>
        <Button
          {...(pullsFirst ? { variant: 'default' } : { 'data-autofocus': true })}
          onClick={() => goTo({ screen: 'registry', address })}
        >
          {t('registries.proof.browse')}
        </Button>
        {reference === null ? null : (
          <Button
            {...(pullsFirst ? { 'data-autofocus': true } : { variant: 'default' })}
            {...(absent ? { disabled: true, title: explainHere(t, absent).what } : {})}
            onClick={() =>
              pull(reference).then(
                () => setProblem(null),
                (error: unknown) => setProblem(problemOf(error)),
              )
            }
          >
            {t('registries.proof.pull', { reference: reference.slice(address.length + 1) })}
          </Button>
        )}
      </div>
      {problem ? <ProblemNote problem={problem} /> : null}
    </>
  );
}
