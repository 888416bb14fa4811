import { type Problem, problem } from '../../../shared/errors/index.ts';
import type { LoginRisk } from '../../../shared/model/found-login.ts';
import type { ConfigText } from '../docker-config/config-text.ts';
import { dockerConfigKey, shownAddress } from '../server-key.ts';
import type { AuthFile } from './auth-files.ts';
import { type EntryContent, entryContent } from './entry-content.ts';
import type { AuthFileReading } from './read-auth-file.ts';
import { registryOf, type StoredLogin, storedLogin, unreadablePlace } from './stored-login.ts';

/** The logins that a file holds, without their secrets; one entry without a key for a file that can't be read. */
export function findInFile(reading: AuthFileReading): readonly StoredLogin[] {
  const { file, config } = reading;
  const origin = { kind: file.kind, path: file.path };
  if (reading.problem) return [unreadablePlace(origin, reading.problem)];
  if (!config) return [];
  return [...config.auths.keys()].flatMap((key) => {
    const content = entryContent(config, key);
    if (content.kind === 'none') return [];
    const username = content.kind === 'login' ? content.username : null;
    const risks = risksOf(reading, config, key);
    return [
      storedLogin({ origin, key, username, risks, problem: problemWith(content, file, key) }),
    ];
  });
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

function problemWith({ kind }: EntryContent, { path }: AuthFile, key: string): Problem | null {
  switch (kind) {
    case 'damaged':
      return problem('LOGIN_UNREADABLE', { key, place: path });
    case 'registry-token':
      return problem('LOGIN_IS_BEARER', { address: shownAddress(key), place: path });
    default:
      return null;
  }
}
