import type { Handlers } from '../../shared/contract/handlers.ts';
import { accountsHandlers } from './accounts.ts';
import { demoHandlers } from './demo.ts';
import { engineHandlers } from './engine.ts';
import { headersHandlers } from './headers.ts';
import { imagesHandlers } from './images.ts';
import { registriesHandlers } from './registries.ts';
import { repositoriesHandlers } from './repositories.ts';
import type { Services } from './services.ts';
import { settingsHandlers } from './settings.ts';
import { tasksHandlers } from './tasks.ts';
import { trustHandlers } from './trust.ts';

/** Serves the whole contract with these services. */
export function createHandlers(services: Services): Handlers {
  return {
    registries: registriesHandlers(services),
    trust: trustHandlers(services),
    accounts: accountsHandlers(services),
    headers: headersHandlers(services),
    repositories: repositoriesHandlers(services),
    images: imagesHandlers(services),
    engine: engineHandlers(services),
    tasks: tasksHandlers(services),
    settings: settingsHandlers(services),
    demo: demoHandlers(services),
  };
}
