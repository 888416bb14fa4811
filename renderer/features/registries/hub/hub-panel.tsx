import { useQuery } from '@tanstack/react-query';
import { useRegent } from '../../../lib/regent-context.tsx';
import { useKeptState } from '../../../lib/use-kept-state.ts';
import { RepositoryList } from '../repository-list.tsx';
import { HubBar } from './hub-bar.tsx';
import { HubResults } from './hub-results.tsx';
import type { HubView } from './hub-view.ts';

/** Docker Hub, which has no list of all its repositories: those of the login, of any namespace, and what a search finds. */
export function HubPanel({ address }: { readonly address: string }) {
  const { api } = useRegent();
  const [view, setView] = useKeptState<HubView>(`hub ${address}`, { kind: 'own' });
  const { data } = useQuery(api.repositories.namespaces.queryOptions({ input: { address } }));
  return (
    <>
      <HubBar view={view} own={data?.namespaces ?? []} onView={setView} />
      {view.kind === 'search' ? (
        <HubResults key={view.query} address={address} query={view.query} />
      ) : view.kind === 'namespace' ? (
        <RepositoryList key={view.name} address={address} namespace={view.name} />
      ) : (
        <RepositoryList address={address} />
      )}
    </>
  );
}
