import { useWords } from '../../lib/words.tsx';
import type { SignIn } from './flow.ts';

/** One line on how the person is signed in, with the way to change it. */
export function SignInSummary(props: { readonly signIn: SignIn; readonly onAskAgain: () => void }) {
  const t = useWords();
  const { signIn } = props;
  switch (signIn.state) {
    case 'not-needed':
      return t('registries.signIn.notNeeded');
    case 'done':
    case 'skipped':
      return (
        <>
          <span>
            {signIn.state === 'done'
              ? t('registries.signIn.signedInAs', { username: signIn.username })
              : t('registries.signIn.skipped')}
          </span>
          <button type="button" className="text-button" onClick={props.onAskAgain}>
            {signIn.state === 'done'
              ? t('registries.signIn.another')
              : t('registries.signIn.submit')}
          </button>
        </>
      );
    case 'open':
      return null;
  }
}
