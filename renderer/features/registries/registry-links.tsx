import type { Registry } from '../../../shared/model/registry.ts';
import { useRoute } from '../../lib/navigation.ts';
import { hrefOf, registryOf } from '../../lib/routes.ts';
import { useWords } from '../../lib/words.tsx';
import { StatusIcon } from '../../ui/status-badge.tsx';
import { toneOfRegistry } from './registry-state.ts';
import { useRegistries, useRegistryStatus } from './use-registries.ts';

/** The registries in the rail, each a link with its state. */
export function RegistryLinks() {
  const { data = [] } = useRegistries();
  return (
    <ul>
      {data.map((registry) => (
        <li key={registry.address}>
          <RegistryLink registry={registry} />
        </li>
      ))}
    </ul>
  );
}

function RegistryLink({ registry }: { readonly registry: Registry }) {
  const t = useWords();
  const route = useRoute();
  const { address } = registry;
  const status = useRegistryStatus(address);
  const state = status.data?.state;
  const word = t(`registries.state.${state ?? 'checking'}`);
  const isHere = registryOf(route) === address;
  return (
    <a
      className="rail-link"
      href={hrefOf({ screen: 'registry', address })}
      title={`${address}: ${word}`}
      {...(isHere ? { 'aria-current': 'page' as const } : {})}
    >
      <StatusIcon tone={toneOfRegistry(state)} />
      <span className="clip" dir="ltr">
        {address}
      </span>
      <span className="visually-hidden">{word}</span>
    </a>
  );
}
