import { Button } from '@mantine/core';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import { formatAge, nameAccount } from '../../../shared/i18n/words.ts';
import type { Account } from '../../../shared/model/account.ts';
import { useWords } from '../../lib/words.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { SignOutDialog } from '../../ui/sign-in/sign-out-dialog.tsx';
import { StatusIcon, type Tone } from '../../ui/status-badge.tsx';
import { AccountFacts } from './account-facts.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { useAccountActions } from './use-account-actions.ts';

/** One account: how it stands, and what can be done with it. */
export function AccountRow(props: {
  readonly account: Account;
  readonly others: readonly Account[];
}) {
  const t = useWords();
  const askToSignIn = useAskToSignIn();
  const { account } = props;
  const { address, inUse, refusedAt } = account;
  const actions = useAccountActions(account);
  const [dialog, setDialog] = useState<'export' | 'sign-out' | null>(null);
  const username = nameAccount(t, account);
  const signInAgain = (): void => askToSignIn({ address, username: account.username });
  const close = (): void => setDialog(null);
  return (
    <div className="account-row">
      <StatusIcon tone={toneOf(account)} size={16} />
      <div className="account-name">
        <strong dir="auto">{username}</strong>
        {inUse ? <span className="account-mark">{t('accounts.inUse')}</span> : null}
        <AccountFacts account={account} />
      </div>
      <div className="account-actions">
        {inUse ? null : (
          <Button
            size="compact-sm"
            variant="default"
            loading={actions.isChoosing}
            aria-label={t('accounts.useOf', { username, address })}
            onClick={actions.use}
          >
            {t('accounts.use')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          loading={actions.isChecking}
          aria-label={t('accounts.checkOf', { username, address })}
          onClick={actions.check}
        >
          {t('accounts.check')}
        </Button>
        <MenuButton
          label={t('accounts.moreOf', { username, address })}
          icon={<Ellipsis size={16} aria-hidden="true" />}
          items={[
            { label: t('accounts.menu.again'), run: signInAgain },
            ...(account.kind === 'password'
              ? [{ label: t('accounts.menu.export'), run: () => setDialog('export') }]
              : []),
            { label: t('accounts.menu.signOut'), danger: true, run: () => setDialog('sign-out') },
          ]}
        />
      </div>
      {refusedAt === null ? null : (
        <div className="account-refused">
          <span>{t('accounts.refused', { when: formatAge(t.locale, refusedAt, Date.now()) })}</span>
          <Button
            size="compact-sm"
            aria-label={t('accounts.againOf', { username, address })}
            onClick={signInAgain}
          >
            {t('accounts.again')}
          </Button>
        </div>
      )}
      {actions.problem ? (
        <div className="account-problem">
          <ProblemNote
            problem={actions.problem}
            actions={{ retry: actions.check, 'sign-in': signInAgain }}
          />
        </div>
      ) : null}
      <SignOutDialog
        account={account}
        others={props.others.map((other) => nameAccount(t, other))}
        opened={dialog === 'sign-out'}
        onClose={close}
      />
      {dialog === 'export' ? <ExportDialog account={account} onClose={close} /> : null}
    </div>
  );
}

function toneOf({ inUse, refusedAt, workedAt }: Account): Tone {
  if (refusedAt !== null) return 'bad';
  return inUse && workedAt !== null ? 'good' : 'off';
}
