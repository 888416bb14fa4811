import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The forms a secret could have on disk or in arguments: as it is, base64 as Docker writes it, URL-encoded. */
function formsOf(secret: string, username: string): readonly string[] {
  return [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(`${username}:${secret}`).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(secret),
  ];
}

/** A login whose secret must not be found anywhere. */
export interface SecretLogin {
  readonly username: string;
  readonly password: string;
}

/** The files below the folders that hold the secret in any form. */
export function filesWithSecret(login: SecretLogin, folders: readonly string[]): readonly string[] {
  const forms = formsOf(login.password, login.username);
  return folders.flatMap(filesBelow).filter((path) => {
    const bytes = readFileSync(path);
    return forms.some((form) => bytes.includes(form));
  });
}

function filesBelow(path: string): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return [path];
  if (!stat?.isDirectory()) return [];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

/** Watches the arguments and environments of all processes for the secrets until it is stopped. */
export function watchProcesses(...logins: readonly SecretLogin[]): { stop(): readonly string[] } {
  const forms = logins.flatMap(({ password, username }) => formsOf(password, username));
  const found = new Set<string>();
  const look = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      for (const file of ['cmdline', 'environ']) {
        const text = readProc(`/proc/${pid}/${file}`);
        if (forms.some((form) => text.includes(form))) found.add(`${file} of ${text.slice(0, 80)}`);
      }
    }
  };
  const timer = setInterval(look, 20);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return [...found];
    },
  };
}

/** A process may end while it is looked at. */
function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
