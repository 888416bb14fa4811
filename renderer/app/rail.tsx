import HardDrive from 'lucide-react/icons/hard-drive';
import KeyRound from 'lucide-react/icons/key-round';
import Plus from 'lucide-react/icons/plus';
import Search from 'lucide-react/icons/search';
import Settings from 'lucide-react/icons/settings';
import ShieldCheck from 'lucide-react/icons/shield-check';
import type { ReactNode } from 'react';
import { RegistryLinks } from '../features/registries/registry-links.tsx';
import { useRoute } from '../lib/navigation.ts';
import { hrefOf, type Route } from '../lib/routes.ts';
import { useWords } from '../lib/words.tsx';
import { keyOfSection, keyWith } from './sections.ts';

/** The way to everything: the search, registries with their state, local images, trust, accounts, settings. */
export function Rail(props: { readonly onSearch: () => void }) {
  const t = useWords();
  const here = useRoute();
  const search = keyWith('K');
  return (
    <nav className="rail" aria-label={t('registries.rail.label')}>
      <a className="skip-link" href={hrefOf(here)} onClick={skipToMain}>
        {t('registries.shell.skip')}
      </a>
      <button
        type="button"
        className="rail-search"
        aria-keyshortcuts={search.spoken}
        onClick={props.onSearch}
      >
        <Search size={14} aria-hidden="true" />
        <span className="clip">{t('browse.palette.search')}</span>
        <span className="rail-hint" aria-hidden="true">
          {search.hint}
        </span>
      </button>
      <a className="rail-title" href={hrefOf({ screen: 'home' })}>
        {t('registries.rail.title')}
      </a>
      <div className="rail-registries">
        <RegistryLinks />
        <RailLink
          route={{ screen: 'add', text: '', demo: false }}
          icon={<Plus size={14} aria-hidden="true" />}
          label={t('registries.rail.add')}
          shortcut={keyWith('N')}
        />
      </div>
      <div className="rail-rest">
        <RailLink
          route={{ screen: 'images' }}
          icon={<HardDrive size={14} aria-hidden="true" />}
          label={t('registries.rail.images')}
        />
        <RailLink
          route={{ screen: 'trust' }}
          icon={<ShieldCheck size={14} aria-hidden="true" />}
          label={t('registries.rail.trust')}
        />
        <RailLink
          route={{ screen: 'accounts' }}
          icon={<KeyRound size={14} aria-hidden="true" />}
          label={t('registries.rail.accounts')}
        />
        <RailLink
          route={{ screen: 'settings' }}
          icon={<Settings size={14} aria-hidden="true" />}
          label={t('registries.rail.settings')}
        />
      </div>
    </nav>
  );
}

function RailLink(props: {
  readonly route: Route;
  readonly icon: ReactNode;
  readonly label: string;
  readonly shortcut?: { readonly hint: string; readonly spoken: string };
}) {
  const here = useRoute();
  const shortcut = props.shortcut ?? keyOfSection(props.route.screen);
  const isHere = here.screen === props.route.screen;
  return (
    <a
      className="rail-link"
      href={hrefOf(props.route)}
      aria-keyshortcuts={shortcut?.spoken}
      {...(isHere ? { 'aria-current': 'page' as const } : {})}
    >
      {props.icon}
      <span className="clip">{props.label}</span>
      {shortcut === undefined ? null : (
        <span className="rail-hint" aria-hidden="true">
          {shortcut.hint}
        </span>
      )}
    </a>
  );
}

function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('main h1')?.focus();
}
