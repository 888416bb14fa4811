import { Button } from '@mantine/core';
import type { Registry } from '../../../shared/model/registry.ts';
import { goTo } from '../../lib/navigation.ts';
import { hrefOf } from '../../lib/routes.ts';
import { useWords } from '../../lib/words.tsx';
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
  const isUntrusted = data?.state === 'untrusted';
  const word = t(`registries.state.${data?.state ?? 'checking'}`);
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
      <StatusBadge tone={toneOfRegistry(data?.state)} word={word} />
      <Button
        variant="default"
        onClick={() =>
          goTo(
            isUntrusted
              ? { screen: 'add', text: address, demo: false }
              : { screen: 'registry', address },
          )
        }
        aria-label={`${isUntrusted ? t('browse.action.trust') : t('registries.proof.browse')}: ${address}`}
      >
        {isUntrusted ? t('browse.action.trust') : t('registries.proof.browse')}
      </Button>
    </li>
  );
}
