import { Button } from '@mantine/core';
import type { Registry, RegistryStatus } from '../../../shared/model/registry.ts';
import { goTo } from '../../lib/navigation.ts';
import { hrefOf } from '../../lib/routes.ts';
import { useWords } from '../../lib/words.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../../ui/sign-in/sign-in-wish.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { toneOfRegistry } from './registry-state.ts';
import { useRegistryStatus } from './use-registries.ts';

/** All registries with their state and the one thing to do next. */
export function RegistryOverview(props: { readonly registries: readonly Registry[] }) {
  return (
    <ul className="overview">
      {props.registries.map((registry) => (
        <OverviewRow key={registry.address} registry={registry} />
      ))}
    </ul>
  );
}

function OverviewRow({ registry }: { readonly registry: Registry }) {
  const t = useWords();
  const { address } = registry;
  const { data } = useRegistryStatus(address);
  const askToSignIn = useAskToSignIn();
  const next = nextStep(data?.state);
  const word = t(`browse.action.${next}`);
  const act = (): void => {
    if (next === 'sign-in') askToSignIn(wishFor(data?.problem ?? null, address));
    else if (next === 'trust') goTo({ screen: 'add', text: address, demo: false });
    else goTo({ screen: 'registry', address });
  };
  return (
    <li>
      <div className="overview-name">
        <a href={hrefOf({ screen: 'registry', address })} dir="ltr">
          {address}
        </a>
        {registry.demo ? <span className="dimmed"> {t('registries.home.isDemo')}</span> : null}
        {data?.username ? (
          <div className="dimmed">
            {t('registries.signIn.signedInAs', { username: data.username })}
          </div>
        ) : null}
      </div>
      <StatusBadge
        tone={toneOfRegistry(data?.state)}
        word={t(`registries.state.${data?.state ?? 'checking'}`)}
      />
      <Button variant="default" aria-label={`${word}: ${address}`} onClick={act}>
        {word}
      </Button>
    </li>
  );
}

function nextStep(state: RegistryStatus['state'] | undefined): 'browse' | 'trust' | 'sign-in' {
  if (state === 'untrusted') return 'trust';
  return state === 'signed-out' ? 'sign-in' : 'browse';
}
