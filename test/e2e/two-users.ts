import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type RegistryFacts, runOrThrow } from '../lab/index.ts';
import type { SecretLogin } from './secrets.ts';

/** The passwords of a registry of the lab, with a second user, `bob`. */
export interface TwoUsers {
  readonly ada: SecretLogin;
  readonly bob: SecretLogin;
  /** Lets these users in from now on, and nobody else: the registry reads its file again when that changes. */
  allow(...users: readonly SecretLogin[]): Promise<void>;
}

/** Takes the password file of a registry that was started for one test over. */
export function giveTwoUsers(registry: RegistryFacts): TwoUsers {
  const { username, password } = registry;
  return {
    ada: { username, password },
    bob: { username: 'bob', password: randomBytes(12).toString('base64url') },
    allow: async (...users) => {
      const lines = users.map((user) =>
        runOrThrow(['htpasswd', '-niB', '-C', '5', user.username], { input: user.password }),
      );
      const path = join(dirname(registry.storagePath), 'htpasswd');
      writeFileSync(path, (await Promise.all(lines)).join(''));
    },
  };
}
