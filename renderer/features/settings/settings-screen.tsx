import { useWords } from '../../lib/words.tsx';
import { Page } from '../../ui/page.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { HelperSettings } from './helper-settings.tsx';
import { KeychainSettings } from './keychain-settings.tsx';
import './settings-screen.css';
import { TrustSettings } from './trust-settings.tsx';

/** What the user has chosen, and what Regent has changed on this machine. */
export function SettingsScreen() {
  const t = useWords();
  const title = t('settings.title');
  return (
    <Page title={title} documentTitle={title}>
      <div className="settings">
        <AppearanceSettings />
        <KeychainSettings />
        <HelperSettings />
        <TrustSettings />
      </div>
    </Page>
  );
}
