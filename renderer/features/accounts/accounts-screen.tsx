import { Button } from '@mantine/core';
import KeyRound from 'lucide-react/icons/key-round';
import { useShortcuts } from '../../lib/keys.ts';
import { useRefreshAccounts } from '../../lib/use-refresh-accounts.ts';
import { useWords } from '../../lib/words.tsx';
import { Page } from '../../ui/page.tsx';
import { RefreshButton } from '../../ui/refresh-button.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { AccountList } from './account-list.tsx';
import './accounts-screen.css';
import { FoundLogins } from './found-logins.tsx';
import { HelperPanel } from './helper-panel.tsx';
import { StorePanel } from './store-panel.tsx';

/** Every login: whose it is, where it is kept, who uses it; and all that can be done about it. */
export function AccountsScreen() {
  const t = useWords();
  const askToSignIn = useAskToSignIn();
  const refreshAccounts = useRefreshAccounts();
  const refresh = (): void => void refreshAccounts();
  useShortcuts({ r: refresh });
  const title = t('accounts.title');
  return (
    <Page
      title={title}
      documentTitle={title}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<KeyRound size={14} aria-hidden="true" />}
            onClick={() => askToSignIn({ address: null })}
          >
            {t('accounts.signIn')}
          </Button>
          <RefreshButton onRefresh={refresh} />
        </>
      }
    >
      <div className="accounts-screen">
        <FoundLogins />
        <AccountList />
        <HelperPanel />
        <StorePanel />
      </div>
    </Page>
  );
}
