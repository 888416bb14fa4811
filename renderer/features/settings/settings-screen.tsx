import { hrefOf } from '../../lib/routes.ts';
import { useWords } from '../../lib/words.tsx';
import { Page } from '../../ui/page.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import './settings-screen.css';

/** What the user has chosen, and what Regent has changed on this machine. */
export function SettingsScreen() {
  const t = useWords();
  const title = t('settings.title');
  return (
    <Page title={title} documentTitle={title}>
      <div className="settings">
        <AppearanceSettings />
        <section className="settings-part" aria-label={t('settings.accounts')}>
          <h2>{t('settings.accounts')}</h2>
          <p className="dimmed">{t('settings.accountsText')}</p>
          <a href={hrefOf({ screen: 'accounts' })}>{t('settings.accountsOpen')}</a>
        </section>
        <section className="settings-part" aria-label={t('settings.trust')}>
          <h2>{t('settings.trust')}</h2>
          <p className="dimmed">{t('settings.trustText')}</p>
          <a href={hrefOf({ screen: 'trust' })}>{t('settings.trustOpen')}</a>
        </section>
      </div>
    </Page>
  );
}
