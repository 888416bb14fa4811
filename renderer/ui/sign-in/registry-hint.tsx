import { saySignIn } from '../../../shared/i18n/words.ts';
import type { KnownRegistry } from '../../../shared/model/known-registry.ts';
import { isOutsideLinkAllowed } from '../../../shared/model/outside-link.ts';
import { useWords } from '../../lib/words.tsx';
import { CommandLine } from '../command-line.tsx';
import './registry-hint.css';

/** What to type where a known registry asks for a user name and a password. */
export function RegistryHint({ registry }: { readonly registry: KnownRegistry }) {
  const t = useWords();
  const { command, link } = registry;
  const { password, title, user } = saySignIn(t, registry);
  return (
    <section className="registry-hint" aria-label={title}>
      <h3>{title}</h3>
      <dl>
        <dt>{t('sign-in.user')}</dt>
        <dd>{user}</dd>
        <dt>{t('sign-in.password')}</dt>
        <dd>{password}</dd>
        {command === null ? null : (
          <>
            <dt>{t('sign-in.command')}</dt>
            <dd>
              <CommandLine command={command} copyLabel={t('browse.copyCommand')} />
            </dd>
          </>
        )}
        {link === null ? null : (
          <>
            <dt>{t('sign-in.link')}</dt>
            <dd>
              <OutsideLink address={link} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** A page on the web: the browser opens those of known sites; any other is text to copy. */
function OutsideLink({ address }: { readonly address: string }) {
  const t = useWords();
  return isOutsideLinkAllowed(address) ? (
    <a href={address} target="_blank" rel="noreferrer" dir="ltr">
      {address.replace('https://', '')}
    </a>
  ) : (
    <CommandLine command={address} copyLabel={t('browse.copyLink')} />
  );
}
