import { accountsContract } from './accounts.ts';
import { demoContract } from './demo.ts';
import { engineContract } from './engine.ts';
import { headersContract } from './headers.ts';
import { imagesContract } from './images.ts';
import { registriesContract } from './registries.ts';
import { repositoriesContract } from './repositories.ts';
import { settingsContract } from './settings.ts';
import { tasksContract } from './tasks.ts';
import { trustContract } from './trust.ts';

/** Every operation that Regent can do: one procedure each, one file a domain. All doors lead here. */
export const contract = {
  registries: registriesContract,
  trust: trustContract,
  accounts: accountsContract,
  headers: headersContract,
  repositories: repositoriesContract,
  images: imagesContract,
  engine: engineContract,
  tasks: tasksContract,
  settings: settingsContract,
  demo: demoContract,
};
