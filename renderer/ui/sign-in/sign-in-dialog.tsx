import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import { useAnnounce } from '../../lib/announcer.tsx';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { type SignedIn, useLogin } from '../../lib/use-login.ts';
import { useWords } from '../../lib/words.tsx';
import { Dialog } from '../dialog.tsx';
import { SignInForm } from './sign-in-form.tsx';
import type { SignInWish } from './sign-in-wish.ts';
import { useRegistryTraits } from './use-registry-traits.ts';

/** Signs in to a registry, over where the person stands. */
export function SignInDialog(props: {
  readonly wish: SignInWish;
  readonly onClose: () => void;
  readonly onSignedIn: (signedIn: SignedIn) => void;
}) {
  const t = useWords();
  const { api, client } = useRegent();
  const announce = useAnnounce();
  const login = useLogin();
  const { wish, onClose } = props;
  const running = useRef<AbortController>(null);
  // However the dialog goes, a login that nobody waits for any more is not to be kept.
  useEffect(() => () => running.current?.abort(), []);
  const [typed, setTyped] = useState('');
  const traits = useRegistryTraits(wish.address);
  const address = wish.address ?? typed.trim();
  const accounts = useQuery(api.accounts.list.queryOptions({ enabled: wish.address !== null }));
  const inUse = accounts.data?.find((one) => one.address === wish.address && one.inUse);
  const username = wish.username ?? inUse?.username ?? '';
  const title =
    wish.address === null
      ? t('registries.signIn.titleAny')
      : t('registries.signIn.title', { address });
  return (
    <Dialog opened title={title} onClose={onClose}>
      <SignInForm
        registry={{ ...traits, address }}
        isReady={address !== ''}
        busy={login.isBusy}
        problem={login.problem}
        actions={{
          trust: () => {
            onClose();
            goTo({ screen: 'add', text: address, demo: false });
          },
        }}
        username={username === IDENTITY_TOKEN_USER ? '' : username}
        {...(wish.address === null
          ? { before: <AddressField value={typed} busy={login.isBusy} onChange={setTyped} /> }
          : {})}
        otherActions={
          <Button variant="default" onClick={onClose}>
            {t('browse.cancel')}
          </Button>
        }
        onSubmit={async (credentials) => {
          running.current = new AbortController();
          const { signal } = running.current;
          const call = () => client.accounts.login({ address, ...credentials }, { signal });
          const signedIn = await login.run(call);
          if (!signedIn || signal.aborted) return;
          announce(t('registries.signIn.signedInAs', { username: signedIn.account.username }));
          props.onSignedIn(signedIn);
        }}
      />
    </Dialog>
  );
}

function AddressField(props: {
  readonly value: string;
  readonly busy: boolean;
  readonly onChange: (value: string) => void;
}) {
  const t = useWords();
  return (
    <TextInput
      label={t('registries.signIn.address')}
      placeholder={t('registries.signIn.addressPlaceholder')}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      spellCheck={false}
      autoCapitalize="none"
      autoComplete="off"
      disabled={props.busy}
      data-autofocus
    />
  );
}
