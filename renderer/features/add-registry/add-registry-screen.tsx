import { useQuery } from '@tanstack/react-query';
import { useEffect, useReducer, useRef } from 'react';
import { useShortcuts } from '../../lib/keys.ts';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { AddressSection } from './address-section.tsx';
import { CertificateSection } from './certificate-section.tsx';
import { advance, emptyFlow, placeOf } from './flow.ts';
import { ProofSection } from './proof-section.tsx';
import { SignInSection } from './sign-in-section.tsx';
import { useAdd } from './use-add.ts';
import { useDemo } from './use-demo.ts';
import { useLook } from './use-look.ts';

/** Adds a registry in one calm flow: address, certificate, sign-in, proof. What is settled folds away by itself. */
export function AddRegistryScreen(props: { readonly text: string; readonly demo: boolean }) {
  const t = useWords();
  const [flow, dispatch] = useReducer(advance, emptyFlow);
  const { look, stop } = useLook(dispatch);
  const { demo, isStarting, problem, retry } = useDemo(props.demo);
  const added = useAdd(flow);
  useKnownAccount(flow.report === null ? null : flow.report.address, placeOf(flow), (username) =>
    dispatch({ type: 'sign-in', username }),
  );
  const text = demo?.address ?? props.text;
  const isRunning = flow.look === 'running';
  useShortcuts(isRunning ? { Escape: stop } : {});
  const title = props.demo ? t('registries.add.demoTitle') : t('registries.add.title');
  return (
    <Page title={title} documentTitle={title}>
      {isStarting ? <StatusBadge tone="busy" word={t('registries.add.demoStarting')} /> : null}
      {problem ? <ProblemNote problem={problem} actions={{ retry }} /> : null}
      {isStarting || problem ? null : (
        <div className="flow">
          <AddressSection flow={flow} initialText={text} onLook={look} onStop={stop} />
          <CertificateSection
            key={`certificate ${flow.target?.address}`}
            flow={flow}
            givenFingerprint={demo?.sha256 ?? null}
            onTrusted={(result) => dispatch({ type: 'trust', result })}
            onLookAgain={() => flow.target && look(flow.target)}
            onComplete={() => flow.target && look({ ...flow.target, complete: true })}
            onCancel={() => goTo({ screen: 'home' })}
          />
          <SignInSection
            key={`sign-in ${flow.target?.address}`}
            flow={flow}
            demoUsername={demo?.username ?? null}
            onSignedIn={(username) => dispatch({ type: 'sign-in', username })}
            onSkip={() => dispatch({ type: 'skip-sign-in' })}
            onAskAgain={() => dispatch({ type: 'ask-sign-in' })}
          />
          <ProofSection
            flow={flow}
            isAdded={added.isAdded}
            addProblem={added.problem}
            onRetryAdd={added.retry}
          />
        </div>
      )}
    </Page>
  );
}

/** Takes an account that is kept already, so that nobody types a password twice. Asks once per look. */
function useKnownAccount(
  address: string | null,
  place: string,
  take: (username: string) => void,
): void {
  const { api } = useRegent();
  const accounts = useQuery(api.accounts.list.queryOptions({ enabled: address !== null }));
  const tried = useRef<string | null>(null);
  useEffect(() => {
    if (address === null) tried.current = null;
    if (address === null || place !== 'sign-in' || !accounts.data || tried.current === address)
      return;
    tried.current = address;
    const account = accounts.data.find((one) => one.address === address && one.inUse);
    // One that the registry refuses is asked for again.
    if (account && account.refusedAt === null) take(account.username);
  });
}
