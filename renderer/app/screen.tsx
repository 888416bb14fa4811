import { AccountsScreen } from '../features/accounts/accounts-screen.tsx';
import { AddRegistryScreen } from '../features/add-registry/add-registry-screen.tsx';
import { LocalImagesScreen } from '../features/browse/local-images-screen.tsx';
import { RepositoryScreen } from '../features/browse/repository-screen.tsx';
import { CompareScreen } from '../features/compare/compare-screen.tsx';
import { ImageScreen } from '../features/image/image-screen.tsx';
import { HomeScreen } from '../features/registries/home-screen.tsx';
import { RegistryScreen } from '../features/registries/registry-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { TrustScreen } from '../features/trust/trust-screen.tsx';
import { readRoute } from '../lib/routes.ts';

/** The screen of a URL fragment; another fragment is another screen, which begins afresh. */
export function Screen({ fragment }: { readonly fragment: string }) {
  const route = readRoute(fragment);
  switch (route.screen) {
    case 'home':
      return <HomeScreen />;
    case 'add':
      return <AddRegistryScreen key={fragment} text={route.text} demo={route.demo} />;
    case 'registry':
      return <RegistryScreen key={fragment} address={route.address} />;
    case 'repository':
      return (
        <RepositoryScreen key={fragment} address={route.address} repository={route.repository} />
      );
    case 'image': {
      const { address, repository, reference } = route;
      return <ImageScreen key={fragment} image={{ address, repository, reference }} />;
    }
    case 'compare':
      // Another side of the same comparison keeps its part open, and the focus.
      return <CompareScreen left={route.left} right={route.right} />;
    case 'images':
      return <LocalImagesScreen />;
    case 'trust':
      return <TrustScreen />;
    case 'accounts':
      return <AccountsScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}
