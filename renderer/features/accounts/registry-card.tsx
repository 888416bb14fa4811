import { Button } from '@mantine/core';
import { useId } from 'react';
import { useWords } from '../../lib/words.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { AccountRow } from './account-row.tsx';
import { AccountUsers } from './account-users.tsx';
import type { AccountGroup } from './group-accounts.ts';

/** One registry: its accounts, and who uses the one in use. */
export function RegistryCard({ group }: { readonly group: AccountGroup }) {
  const t = useWords();
  const titleId = useId();
  const askToSignIn = useAskToSignIn();
  const { accounts, address } = group;
  return (
    <article className="account-card" aria-labelledby={titleId}>
      <header>
        <h3 id={titleId} dir="ltr">
          {address}
        </h3>
        <AccountUsers address={address} account={accounts.find(({ inUse }) => inUse) ?? null} />
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={t('accounts.addOf', { address })}
          onClick={() => askToSignIn({ address, username: '' })}
        >
          {t('accounts.add')}
        </Button>
      </header>
      <ul className="account-rows">
        {accounts.map((account) => (
          <li key={account.username}>
            <AccountRow account={account} others={accounts.filter((other) => other !== account)} />
          </li>
        ))}
      </ul>
    </article>
  );
}
