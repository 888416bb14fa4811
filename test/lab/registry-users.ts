import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runOrThrow } from './processes.ts';
import type { RegistryFacts } from './registry-facts.ts';

type Registry = Pick<RegistryFacts, 'storagePath'>;

/** Lets exactly these people into a registry with htpasswd, from its next request on: name to password. */
export async function changeUsers(
  { storagePath }: Registry,
  users: Readonly<Record<string, string>>,
): Promise<void> {
  const lines: string[] = [];
  for (const [username, input] of Object.entries(users)) {
    // bcrypt, the only kind that a registry takes. The password goes in by stdin.
    lines.push((await runOrThrow(['htpasswd', '-niB', '-C', '5', username], { input })).trim());
  }
  writeFileSync(join(dirname(storagePath), 'htpasswd'), `${lines.join('\n')}\n`);
}

/** Who asked nginx for anything and was let in, in order; `-` is nobody. */
export function usersServed({ storagePath }: Registry): readonly string[] {
  const log = readFileSync(join(dirname(storagePath), 'nginx-access.log'), 'utf8');
  return log.split('\n').flatMap((line) => {
    const [, user, status] = /^\S+ - (\S+) \[[^\]]*\] "[^"]*" (\d{3})/.exec(line) ?? [];
    return user === undefined || status === '401' ? [] : [user];
  });
}
