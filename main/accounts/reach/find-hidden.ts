import type { FoundLogin } from '../../../shared/model/found-login.ts';
import { plainText } from '../../../shared/model/plain-text.ts';
import type { ConfigText } from '../docker-config/config-text.ts';
import { dockerConfigKey } from '../server-key.ts';
import { defaultHelper, hostOf } from './docker-lookup.ts';

/** What Regent would hide by taking the place of docker's default. */
interface DefaultPlace {
  readonly configPath: string;
  readonly config: ConfigText;
  /** The helper that docker takes where its file says nothing. */
  readonly ownChoice: string | undefined;
}

/**
 * The logins that docker would find no longer if Regent were its default: neither imported nor with a route of their
 * own. In words for people: the registry, and the user where it is known.
 */
export function findHidden(place: DefaultPlace, found: readonly FoundLogin[]): readonly string[] {
  const now = defaultHelper(place.config, place.ownChoice);
  const isServed = ({ origin, risks, problem }: FoundLogin) => {
    // What is with a helper that is gone is lost to docker as it is.
    if (problem?.code === 'OTHER_HELPER_ABSENT') return false;
    if (origin.kind === 'docker-helper') return origin.helper === now;
    return origin.kind === 'docker-config' && origin.path === place.configPath
      ? now === undefined && !risks.includes('hidden')
      : false;
  };
  const hasRoute = ({ key, address }: FoundLogin) =>
    [key, dockerConfigKey(address) ?? address, hostOf(key)].some((name) =>
      place.config.routes.has(name),
    );
  const hidden = found.filter(
    (login) => login.key !== '' && !login.isKnown && isServed(login) && !hasRoute(login),
  );
  return [...new Set(hidden.map(nameOf))];
}

function nameOf({ address, username }: FoundLogin): string {
  const who = username === null ? '' : ` (${plainText(username, 100)})`;
  return `${plainText(address, 200)}${who}`;
}
