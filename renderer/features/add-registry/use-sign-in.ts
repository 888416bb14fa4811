import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Problem } from '../../../shared/errors/index.ts';
import type { Account } from '../../../shared/model/account.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useLogin } from '../../lib/use-login.ts';
import type { Credentials } from '../../ui/sign-in/sign-in-form.tsx';

/** Signs in to the registry being added, and routes the docker command line to the same account when wanted. */
export function useSignIn(props: {
  readonly address: string;
  readonly alsoDocker: boolean;
  readonly onSignedIn: (username: string) => void;
}): {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** The account is kept, but the docker command line could not be given it. */
  readonly helperProblem: Problem | null;
  readonly submit: (credentials: Credentials) => void;
  readonly useDemoAccount: () => void;
} {
  const { api, client } = useRegent();
  const cache = useQueryClient();
  const { address } = props;
  const login = useLogin();
  const helper = useMutation(
    api.accounts.helperInstall.mutationOptions({
      onSettled: () => cache.invalidateQueries({ queryKey: api.accounts.helperStatus.key() }),
    }),
  );
  const signInBy = async (call: () => Promise<Account>): Promise<void> => {
    const signedIn = await login.run(call);
    if (!signedIn) return;
    if (props.alsoDocker) await helper.mutateAsync({ addresses: [address] }).catch(() => {});
    props.onSignedIn(signedIn.account.username);
  };
  return {
    isBusy: login.isBusy || helper.isPending,
    problem: login.problem,
    helperProblem: problemIn(helper) ?? helper.data?.problems[0] ?? null,
    submit: (credentials) =>
      void signInBy(() => client.accounts.login({ address, ...credentials })),
    useDemoAccount: () => void signInBy(() => client.demo.signIn()),
  };
}
