import { hrefOf } from '../../lib/routes.ts';
import { useWords } from '../../lib/words.tsx';
import { Page } from '../../ui/page.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { HelperSettings } from './helper-settings.tsx';
import { KeychainSettings } from './keychain-settings.tsx';
import './settings-screen.css';

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
        <section className="settings-part" aria-label={t('settings.trust')}>
          <h2>{t('settings.trust')}</h2>
          <p className="dimmed">{t('settings.trustText')}</p>
          <a href={hrefOf({ screen: 'trust' })}>{t('settings.trustOpen')}</a>
        </section>
      </div>
    </Page>
  );
}
