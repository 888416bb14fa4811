import { isDockerHub } from '../../../shared/model/docker-hub.ts';
import { useWords } from '../../lib/words.tsx';
import { Page } from '../../ui/page.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { V1Note } from '../../ui/v1-note.tsx';
import { HubPanel } from './hub/hub-panel.tsx';
import { RegistryActions } from './registry-actions.tsx';
import './registry-screen.css';
import { toneOfRegistry } from './registry-state.ts';
import { RepositoryList } from './repository-list.tsx';
import { useRegistryStatus } from './use-registries.ts';

/** One registry: how it stands, what can be done with it, and its repositories. */
export function RegistryScreen({ address }: { readonly address: string }) {
  const t = useWords();
  const { data } = useRegistryStatus(address);
  const state = t(`registries.state.${data?.state ?? 'checking'}`);
  return (
    <Page
      title={<span dir="ltr">{address}</span>}
      documentTitle={address}
      fill
      actions={
        <>
          <StatusBadge
            tone={toneOfRegistry(data?.state)}
            word={data?.username ? `${state}, ${data.username}` : state}
          />
          <RegistryActions address={address} />
        </>
      }
    >
      <V1Note address={address} isWhole />
      {isDockerHub(address) ? <HubPanel address={address} /> : <RepositoryList address={address} />}
    </Page>
  );
}
