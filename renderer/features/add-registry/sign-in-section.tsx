import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HelperStatus } from '../../../shared/model/helper-status.ts';
import { registryTraits } from '../../../shared/model/known-registry.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { SignInForm } from '../../ui/sign-in/sign-in-form.tsx';
import { type Flow, placeOf, signInProblems } from './flow.ts';
import { loginPlace } from './login-place.ts';
import { Section } from './section.tsx';
import { SignInSummary } from './sign-in-summary.tsx';
import { useSignIn } from './use-sign-in.ts';

/** The third part: the account. The password goes to the main process once and is never seen again. */
export function SignInSection(props: {
  readonly flow: Flow;
  readonly demoUsername: string | null;
  readonly onSignedIn: (username: string) => void;
  readonly onSkip: () => void;
  readonly onAskAgain: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const { flow, demoUsername } = props;
  const address = flow.target?.address ?? '';
  const helper = useQuery(api.accounts.helperStatus.queryOptions());
  const store = useQuery(api.accounts.store.queryOptions());
  const kept = store.data ? loginPlace(store.data, address) : null;
  const isRouted = servesDocker(helper.data, address);
  const [alsoDocker, setAlsoDocker] = useState(demoUsername === null);
  const signIn = useSignIn({
    address,
    alsoDocker: alsoDocker && !isRouted,
    onSignedIn: props.onSignedIn,
  });
  const place = placeOf(flow);
  const title = t('registries.add.signIn');
  if (place === 'address' || place === 'certificate') {
    return <Section number={3} title={title} state="ahead" />;
  }
  if (place === 'proof') {
    return (
      <Section
        number={3}
        title={title}
        state="done"
        summary={<SignInSummary signIn={flow.signIn} onAskAgain={props.onAskAgain} />}
      >
        {signIn.helperProblem ? (
          <ProblemNote problem={signIn.helperProblem} tone="attention" />
        ) : null}
      </Section>
    );
  }
  const auth = flow.report?.auth;
  const skip = (
    <Button variant="subtle" color="gray" onClick={props.onSkip}>
      {t('registries.signIn.skip')}
    </Button>
  );
  return (
    <Section number={3} title={title} state="open">
      {auth?.kind === 'bearer' && auth.foreignHost !== null ? (
        <p>{t('registries.signIn.sentTo', { host: auth.foreignHost })}</p>
      ) : null}
      {(flow.report ? signInProblems(flow.report) : []).map((problem) => (
        <ProblemNote key={problem.code} problem={problem} tone="attention" />
      ))}
      {kept?.problem ? (
        <ProblemNote
          problem={kept.problem}
          tone="attention"
          actions={{ retry: () => void store.refetch() }}
        />
      ) : null}
      {demoUsername === null ? (
        <SignInForm
          registry={registryTraits(address, auth)}
          busy={signIn.isBusy}
          problem={signIn.problem}
          onSubmit={signIn.submit}
          otherActions={skip}
        >
          {isRouted ? null : (
            <Checkbox
              label={t('registries.signIn.alsoDocker')}
              description={t('registries.signIn.alsoDockerDoes', {
                path: helper.data?.configPath ?? 'config.json',
              })}
              checked={alsoDocker}
              onChange={(event) => setAlsoDocker(event.currentTarget.checked)}
            />
          )}
          {kept?.name ? (
            <p className="dimmed">{t('registries.signIn.keptIn', { name: kept.name })}</p>
          ) : null}
        </SignInForm>
      ) : (
        <>
          {signIn.problem ? <ProblemNote problem={signIn.problem} /> : null}
          <div className="flow-actions">
            <Button loading={signIn.isBusy} onClick={signIn.useDemoAccount}>
              {t('registries.signIn.useDemo', { username: demoUsername })}
            </Button>
            {skip}
          </div>
        </>
      )}
    </Section>
  );
}

/** Whether docker asks Regent about a registry already. */
function servesDocker(helper: HelperStatus | undefined, address: string): boolean {
  return helper !== undefined && (helper.isDefault || helper.routes.includes(address));
}
