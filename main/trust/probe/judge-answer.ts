import type { AuthChallenge } from '../../../shared/model/probe.ts';
import {
  chooseChallenge,
  headerLines,
  parseChallenges,
} from '../../../shared/model/www-authenticate.ts';
import type { Answer } from './ask.ts';
import type { ProxyWay } from './proxy-way.ts';

/** The version of the registry API that `GET /v2/` proves, such as `2.0`; undefined when no registry answers. */
export function registryVersion(answer: Answer): string | undefined {
  const [header] = headerLines(answer.rawHeaders, 'docker-distribution-api-version');
  const named = /^registry\/(\d{1,2}(\.\d{1,2})?)\b/.exec(header ?? '')?.[1];
  if (named !== undefined) return named;
  // The header is optional (distribution-spec), so other signs count: an answer in JSON, or a challenge.
  if (answer.status === 200) return isJson(answer.body) ? '2' : undefined;
  const asks = headerLines(answer.rawHeaders, 'www-authenticate').length > 0;
  return answer.status === 401 && asks ? '2' : undefined;
}

/**
 * Whether an answer that came by a way is the registry's. A proxy that is told whole URLs may answer itself, with a page
 * or a question of its own; then only the header that no proxy sends is taken for a registry's word.
 */
export function isRegistryItself({ rawHeaders }: Answer, way: ProxyWay | undefined): boolean {
  if (way === undefined || way.prefix === '') return true;
  return headerLines(rawHeaders, 'docker-distribution-api-version').length > 0;
}

/** What servers answer for want of a client certificate: nginx 400 (495 and 496 inside), Apache 403. */
const WITHOUT_CERTIFICATE = new Set([400, 403, 495, 496]);

/**
 * Whether the server turned the question down because nobody showed it a client certificate, as nginx does once
 * the handshake is over.
 * @param asked whether it asked for one in the handshake
 */
export function wantsClientCertificate({ status }: Answer, asked: boolean): boolean {
  return asked && WITHOUT_CERTIFICATE.has(status);
}

/**
 * Whether the answer to `GET /v2/` leaves it open that the registry is of the first generation: it knows no such path, or
 * a proxy before it wants a login for whatever it is.
 */
export function mayBeFirstGeneration(answer: Answer): boolean {
  if (headerLines(answer.rawHeaders, 'docker-distribution-api-version').length > 0) return false;
  return (
    answer.status === 404 ||
    (answer.status === 401 && readAuth(answer, 'http://localhost')?.kind === 'basic')
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return text === '';
  }
}

/** How the server asks for a login, read from its answer to `GET /v2/`. @param origin scheme, host and port */
export function readAuth(answer: Answer, origin: string): AuthChallenge | undefined {
  if (answer.status === 200) return { kind: 'none' };
  if (answer.status !== 401) return undefined;
  const challenges = parseChallenges(headerLines(answer.rawHeaders, 'www-authenticate'));
  const chosen = chooseChallenge(challenges);
  const realm = chosen?.parameters.get('realm') ?? '';
  if (chosen?.scheme === 'basic') return { kind: 'basic', realm };
  if (chosen?.scheme === 'bearer' && URL.canParse(realm, origin)) {
    return {
      kind: 'bearer',
      realm,
      service: chosen.parameters.get('service') ?? null,
      foreignHost: foreignHost(realm, origin),
    };
  }
  return { kind: 'unsupported', scheme: challenges[0]?.scheme ?? '' };
}

function foreignHost(realm: string, origin: string): string | null {
  const target = new URL(realm, origin);
  return target.hostname === new URL(origin).hostname ? null : target.host;
}
