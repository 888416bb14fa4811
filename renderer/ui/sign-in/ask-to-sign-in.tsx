import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { rescueFocus } from '../../lib/rescue-focus.ts';
import type { SignedIn } from '../../lib/use-login.ts';
import { SignInDialog } from './sign-in-dialog.tsx';
import type { SignInWish } from './sign-in-wish.ts';

const SignInContext = createContext<(wish: SignInWish) => void>(() => {});

/** Lets everything below ask for a login in place, in a dialog over where the person stands. */
export function SignInProvider(props: { readonly children: ReactNode }) {
  const [wish, setWish] = useState<SignInWish | null>(null);
  const close = useCallback(() => setWish(null), []);
  const goOn = async ({ refreshed }: SignedIn): Promise<void> => {
    close();
    await Promise.all([refreshed, wish?.afterwards?.()]);
    // What had asked for the login is gone by now, as a rule, and the focus with it.
    rescueFocus();
  };
  return (
    <SignInContext value={setWish}>
      {props.children}
      {wish ? (
        <SignInDialog wish={wish} onClose={close} onSignedIn={(signedIn) => void goOn(signedIn)} />
      ) : null}
    </SignInContext>
  );
}

/** How to ask for a login in place. */
export function useAskToSignIn(): (wish: SignInWish) => void {
  return useContext(SignInContext);
}
