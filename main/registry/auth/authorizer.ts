import { RegentError } from '../../../shared/errors/index.ts';
import { isRefusedLogin } from '../../../shared/errors/refused-login.ts';
import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import {
  type Challenge,
  chooseChallenge,
  headerLines,
  parseChallenges,
} from '../../../shared/model/www-authenticate.ts';
import { isTemporary } from '../answer-errors.ts';
import { cleanText } from '../hostile-text.ts';
import type { Content, Exchange, HttpAnswer, HttpRequest } from '../transport/exchange.ts';
import { type Account, type AccountSource, basicHeader } from './credentials.ts';
import { checkRealm, mayHaveSecrets, type RealmRules } from './realm.ts';
import { mergeScopes, type Scope, splitScopes } from './scopes.ts';
import type { TokenCache } from './token-cache.ts';

/** Kinds of requests that one registry may guard in different ways (Harbor: Bearer, but Basic for the catalog). */
type Route = 'ping' | 'catalog' | 'repository';

/**
 * A request to the registry itself. `scope` is what a token for it must allow, several with spaces between them as in
 * a challenge; null asks for none.
 */
export interface RegistryRequest {
  /** Without it, `GET`. */
  readonly method?: HttpRequest['method'];
  readonly route: Route;
  readonly scope: Scope | null;
  readonly url: URL;
  readonly accept: string;
  /** Further headers, such as `range`. */
  readonly headers?: HttpRequest['headers'];
  readonly content?: Content;
  /** See {@link HttpRequest}. */
  readonly streams?: true;
  /** See {@link HttpRequest}. */
  readonly mayGoPlain?: true;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** An answer, and what had to be shown for it. */
export interface AuthorizedAnswer {
  readonly answer: HttpAnswer;
  /** Who asked; null when it was nobody in particular. */
  readonly username: string | null;
  readonly proof: 'none' | 'basic' | 'bearer';
  /**
   * What was said to the login; null to nobody's, and where nothing is said of it: by a registry that is busy or broken,
   * or one that refuses a password which its own token server has taken.
   */
  readonly said: LoginAnswer | null;
  /** Whether the registry has ever asked for a proof. */
  readonly wasChallenged: boolean;
}

/** Sends requests with whatever proof of identity the registry asks for, and sends it nowhere else. */
export type Authorizer = (request: RegistryRequest) => Promise<AuthorizedAnswer>;

/** What an authorizer works with. */
export interface AuthorizerMeans {
  readonly realmRules: RealmRules;
  readonly exchange: Exchange;
  readonly accounts: AccountSource;
  readonly tokens: TokenCache;
  /** Told what the registry or its token server said to a login, each time it said something. */
  readonly onAnswer?: LoginListener | undefined;
}

/** What a registry, or its token server, said to a login. */
export type LoginAnswer = 'worked' | 'refused';

/** Hears of each answer to a login; it may not throw, and nothing waits for it. */
export type LoginListener = (username: string, answer: LoginAnswer) => void;

type Plan =
  | { readonly kind: 'basic' }
  | {
      readonly kind: 'bearer';
      readonly realm: URL;
      readonly service: string | null;
      /** What the challenge wanted, whatever the request. */
      readonly scopes: readonly Scope[];
    };

interface Proof {
  readonly kind: 'basic' | 'bearer';
  readonly header: string;
  readonly username: string | null;
  /** Whose it is. */
  readonly account: Account | null;
}

/** Makes an authorizer. It learns from each challenge, so that later requests are proved at once. */
export function createAuthorizer(means: AuthorizerMeans): Authorizer {
  const { address, registry } = means.realmRules;
  const plans = new Map<Route, Plan>();
  /**
   * What challenges wanted of requests that change something, by their method and scope. Which scope deletes differs
   * between registries, so it is learnt once and shown at once from then on.
   */
  const lessons = new Map<string, readonly Scope[]>();
  /** The accounts that a token server has taken: their passwords are right. */
  const taken = new Set<number>();

  /** Another origin, reached by a redirect, has no business with the registry's login. */
  const isOwn = ({ url }: HttpAnswer): boolean => url.origin === registry.origin;

  const prove = async (
    plan: Plan,
    request: RegistryRequest,
    account: Account | null,
  ): Promise<Proof | null> => {
    if (!mayHaveSecrets(registry) && (account || plan.kind === 'basic')) {
      throw new RegentError('SIGN_IN_INSECURE', { address });
    }
    const username = account?.username ?? null;
    if (plan.kind === 'basic') {
      if (username === IDENTITY_TOKEN_USER) {
        throw new RegentError('IDENTITY_TOKEN_UNSUPPORTED', { address });
      }
      return account && { kind: 'basic', header: basicHeader(account, address), username, account };
    }
    const wanted = splitScopes(request.scope ?? undefined);
    const learnt = lessons.get(lessonOf(request)) ?? [];
    const scopes = mergeScopes([...wanted, ...plan.scopes, ...learnt]);
    const token = await means.tokens
      .get({ ...plan, scopes, account }, request.signal)
      .catch((error: unknown) => {
        const isRefused = error instanceof RegentError && isRefusedLogin(error);
        if (username !== null && isRefused) means.onAnswer?.(username, 'refused');
        throw error;
      });
    if (account) taken.add(account.id);
    return { kind: 'bearer', header: `Bearer ${token}`, username, account };
  };

  /** The proof before anyone asked: from what an earlier request of the kind has learnt. */
  const proveAhead = async (request: RegistryRequest): Promise<Proof | null> => {
    const plan = plans.get(request.route);
    return plan ? prove(plan, request, means.accounts.known()) : null;
  };

  const proveAgain = async (
    request: RegistryRequest,
    refusal: HttpAnswer,
    shown: Proof | null,
  ): Promise<Proof | null> => {
    const plan = planOf(refusal, means.realmRules) ?? plans.get('ping');
    if (!plan) return null;
    // Harbor and Gitea ask for a password where the token's account has no right: that says nothing of other requests.
    if (plan.kind === 'bearer' || shown?.kind !== 'bearer') {
      plans.set(request.route, generalPlan(plan));
    }
    if (plan.kind === 'bearer' && isWriting(request)) {
      lessons.set(lessonOf(request), plan.scopes);
    }
    if (shown?.kind === 'bearer') means.tokens.drop(shown.header.slice('Bearer '.length));
    const proof = await prove(plan, request, await means.accounts.read());
    return proof?.header === shown?.header ? null : proof;
  };

  const ask = (request: RegistryRequest, proof: Proof | null): Promise<HttpAnswer> =>
    means.exchange({
      method: request.method ?? 'GET',
      url: request.url,
      headers: {
        ...request.headers,
        accept: request.accept,
        ...(proof ? { authorization: proof.header } : {}),
      },
      ...(request.content ? { content: request.content } : {}),
      ...(request.streams ? { streams: true } : {}),
      ...(request.mayGoPlain ? { mayGoPlain: true } : {}),
      limit: request.limit,
      signal: request.signal,
    });

  /** A token server has taken the login before it gave a token for it, whatever the token is worth here. */
  const wordOf = (answer: HttpAnswer, proof: Proof): LoginAnswer | null => {
    // The registry itself has let pass what another server answered in the end.
    if (proof.kind === 'bearer' || !isOwn(answer)) return 'worked';
    if (isTemporary(answer)) return null;
    if (answer.status !== 401) return 'worked';
    return proof.account && taken.has(proof.account.id) ? null : 'refused';
  };

  const outcome = (answer: HttpAnswer, proof: Proof | null): AuthorizedAnswer => {
    const username = proof?.username ?? null;
    const said = proof && username !== null ? wordOf(answer, proof) : null;
    if (username !== null && said !== null) means.onAnswer?.(username, said);
    return { answer, username, proof: proof?.kind ?? 'none', said, wasChallenged: plans.size > 0 };
  };

  return async (request) => {
    const first = await proveAhead(request);
    const answer = await ask(request, first);
    if (answer.status !== 401 || !isOwn(answer)) return outcome(answer, first);
    const second = await proveAgain(request, answer, first);
    return second ? outcome(await ask(request, second), second) : outcome(answer, first);
  };
}

function isWriting({ method = 'GET' }: RegistryRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function lessonOf({ method = 'GET', scope }: RegistryRequest): string {
  return `${method} ${scope ?? ''}`;
}

/** How to answer the challenge of a refusal; undefined when there is none. */
function planOf(refusal: HttpAnswer, rules: RealmRules): Plan | undefined {
  const challenges = parseChallenges(headerLines(refusal.rawHeaders, 'www-authenticate'));
  const chosen = chooseChallenge(challenges);
  if (chosen) return planFor(chosen, rules);
  const unknown = challenges[0]?.scheme;
  if (unknown === undefined) return undefined;
  throw new RegentError('AUTH_UNSUPPORTED', { address: rules.address, scheme: cleanText(unknown) });
}

function planFor({ scheme, parameters }: Challenge, rules: RealmRules): Plan {
  if (scheme === 'basic') return { kind: 'basic' };
  return {
    kind: 'bearer',
    realm: checkRealm(parameters.get('realm') ?? '', rules),
    service: parameters.get('service') ?? null,
    scopes: splitScopes(parameters.get('scope')),
  };
}

/** The plan for later requests of the kind, without what the challenge said of one repository. */
function generalPlan(plan: Plan): Plan {
  if (plan.kind === 'basic') return plan;
  return { ...plan, scopes: plan.scopes.filter((scope) => !scope.startsWith('repository')) };
}
