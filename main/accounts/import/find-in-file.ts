import { type Problem, problem } from '../../../shared/errors/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { LoginRisk } from '../../../shared/model/found-login.ts';
import type { ConfigText } from '../docker-config/config-text.ts';
import { dockerConfigKey, shownAddress } from '../server-key.ts';
import { withoutUser } from '../without-user.ts';
import type { AuthFile } from './auth-files.ts';
import { type EntryContent, entryContent } from './entry-content.ts';
import type { AuthFileReading } from './read-auth-file.ts';
import { registryOf, type StoredLogin, storedLogin, unreadablePlace } from './stored-login.ts';

/** How many logins of one place are shown. Real files have a few. */
export const MOST_LOGINS = 2000;

/**
 * The logins that a file holds, without their secrets; one entry without a key for a file that can't be read, or for
 * what is left out of one that holds too many.
 */
export function findInFile(reading: AuthFileReading): readonly StoredLogin[] {
  const { file, config } = reading;
  const origin = { kind: file.kind, path: file.path };
  if (reading.problem) return [unreadablePlace(origin, reading.problem)];
  if (!config) return [];
  const logins: StoredLogin[] = [];
  for (const key of config.auths.keys()) {
    const content = entryContent(config, key);
    if (content.kind === 'none') continue;
    if (logins.length === MOST_LOGINS) {
      const tooMany = problem('FILE_FAILED', { path: file.path, reason: 'EFBIG' });
      return [...logins, unreadablePlace(origin, tooMany)];
    }
    const username = content.kind === 'login' ? content.username : null;
    const risks = risksOf(reading, config, key);
    const why = problemWith(content, file, key);
    logins.push(storedLogin({ origin, key, username, risks, problem: why }));
  }
  return logins;
}

/** Which helper a file names for a registry; undefined when the plain file counts. */
export function helperFor(
  { kind }: AuthFile,
  { routes, credsStore }: ConfigText,
  address: string,
): string | undefined {
  // podman heeds only credHelpers, and calls Docker Hub by its name (container-libs: image/pkg/docker/config).
  if (kind === 'podman-auth') return routes.get(address) || undefined;
  const route = routes.get(dockerConfigKey(address) ?? '');
  return (route ?? credsStore) || undefined;
}

function risksOf(
  { file, isOpenToOthers }: AuthFileReading,
  config: ConfigText,
  key: string,
): readonly LoginRisk[] {
  const isHidden = helperFor(file, config, registryOf(key)) !== undefined;
  return [
    'plaintext',
    ...(isOpenToOthers ? ['others-can-read' as const] : []),
    ...(isHidden ? ['hidden' as const] : []),
  ];
}

/** Why what an entry holds can't be taken over; null where it can, or where there is nothing. */
export function problemWith(
  content: EntryContent,
  { path: place }: AuthFile,
  key: string,
): Problem | null {
  const address = shownAddress(withoutUser(key));
  switch (content.kind) {
    case 'damaged':
      return problem('LOGIN_UNREADABLE', { key: withoutUser(key), place });
    case 'registry-token':
      return problem('LOGIN_IS_BEARER', { address, place });
    case 'login':
      return content.hasOthers ? problem('LOGIN_SEVERAL', { address, place }) : null;
    case 'none':
      return null;
    default:
      return assertNever(content);
  }
}
