import { Button } from '@mantine/core';
import { useRegent } from '../../lib/regent-context.tsx';
import { useLogin } from '../../lib/use-login.ts';
import { useWords } from '../../lib/words.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SignInForm } from '../../ui/sign-in-form.tsx';

/** Signs in to a registry of the list. */
export function SignInDialog(props: {
  readonly address: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { client } = useRegent();
  const login = useLogin();
  const { address } = props;
  return (
    <Dialog
      opened={props.opened}
      title={t('registries.signIn.title', { address })}
      onClose={props.onClose}
    >
      <SignInForm
        busy={login.isBusy}
        problem={login.problem}
        otherActions={
          <Button variant="default" onClick={props.onClose}>
            {t('browse.cancel')}
          </Button>
        }
        onSubmit={async (credentials) => {
          const call = () => client.accounts.login({ address, ...credentials });
          if (await login.run(call)) props.onClose();
        }}
      />
    </Dialog>
  );
}
