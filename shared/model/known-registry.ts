import { splitAddress } from './address-grammar.ts';
import { isDockerHub } from './docker-hub.ts';
import type { AuthChallenge } from './probe.ts';

/** The registries and servers whose way of signing in is known; each has its words in the catalogue `sign-in`. */
export const knownRegistryIds = [
  'docker-hub',
  'ghcr',
  'gitlab',
  'harbor',
  'quay',
  'ecr',
  'ecr-public',
  'gar',
  'acr',
  'gitea',
] as const;
/** See {@link knownRegistryIds}. */
type KnownRegistryId = (typeof knownRegistryIds)[number];

/** What tells a registry: its address, and how it asked for a login where somebody looked. */
export interface RegistryTraits {
  readonly address: string;
  /** From a Bearer challenge, as the server said it. */
  readonly realm?: string | undefined;
  /** From a Bearer challenge, as the server said it. */
  readonly service?: string | undefined;
}

/** What to type where a known registry asks for a user name and a password. */
export interface KnownRegistry {
  readonly id: KnownRegistryId;
  /** A user name that is the same for everybody; null where people have their own. */
  readonly username: string | null;
  /** Whether the registry takes no other user name than that one. */
  readonly isOnlyUsername: boolean;
  /** A command of the vendor's own program that prints a password. */
  readonly command: string | null;
  /** Where a token is made, or where the vendor explains it; always https. */
  readonly link: string | null;
}

/**
 * Recognises a registry, by its address first and by what its token server is called next. What a server said of
 * itself decides about words only, so one that lies gets nothing but the wrong hint; a link to a page of its own
 * leads to the host that was typed, or to one above it: where a domain begins that only one owner has, no name tells.
 */
export function knownRegistryOf(traits: RegistryTraits): KnownRegistry | undefined {
  const host = splitAddress(traits.address)?.host.toLowerCase();
  if (host === undefined) return undefined;
  return byName(host) ?? byTokenServer(host, traits);
}

/** What a look at a registry's server tells of its kind; nothing more than its address where nobody looked. */
export function registryTraits(
  address: string,
  auth: AuthChallenge | null | undefined,
): RegistryTraits {
  if (auth?.kind !== 'bearer') return { address };
  return { address, realm: auth.realm, service: auth.service ?? undefined };
}

const plain = { username: null, isOnlyUsername: false, command: null, link: null } as const;

/** Those that are at one place, not on anybody's own server. */
type VendorId = Exclude<KnownRegistryId, 'harbor' | 'gitea'>;

/** Addresses of the vendors, and the web sites that people take for them. */
const NAMES: ReadonlyMap<string, VendorId> = new Map([
  ['hub.docker.com', 'docker-hub'],
  ['ghcr.io', 'ghcr'],
  ['github.com', 'ghcr'],
  ['registry.gitlab.com', 'gitlab'],
  ['gitlab.com', 'gitlab'],
  ['quay.io', 'quay'],
  ['public.ecr.aws', 'ecr-public'],
  ['gcr.io', 'gar'],
  ['us.gcr.io', 'gar'],
  ['eu.gcr.io', 'gar'],
  ['asia.gcr.io', 'gar'],
]);

function byName(host: string): KnownRegistry | undefined {
  const id = isDockerHub(host) ? 'docker-hub' : NAMES.get(host);
  if (id !== undefined) return vendor(id);
  const region = /^\d{12}\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(
    host,
  )?.[1];
  if (region !== undefined) return { ...vendor('ecr'), command: ecrCommand(region) };
  if (/^[a-z0-9-]+-docker\.pkg\.dev$/.test(host)) return vendor('gar');
  // A registry's name has letters and digits only; what may follow after a hyphen is a label of its domain.
  const azure = /^([a-z0-9]+)(?:-[a-z0-9]+)?\.azurecr\.(?:io|cn|us)$/.exec(host)?.[1];
  return azure === undefined ? undefined : { ...vendor('acr'), command: acrCommand(azure) };
}

const ecrCommand = (region: string) => `aws ecr get-login-password --region ${region}`;
const acrCommand = (name: string) =>
  `az acr login --name ${name} --expose-token --output tsv --query accessToken`;

const gitlabTokens = (host: string) => `https://${host}/-/user_settings/personal_access_tokens`;

/** What is the same for everybody with an account there. The links are the vendors' own. */
const VENDORS: Readonly<Record<VendorId, Omit<KnownRegistry, 'id'>>> = {
  'docker-hub': { ...plain, link: 'https://app.docker.com/settings/personal-access-tokens' },
  ghcr: { ...plain, link: 'https://github.com/settings/tokens/new?scopes=read:packages' },
  gitlab: { ...plain, link: gitlabTokens('gitlab.com') },
  quay: { ...plain, link: 'https://docs.quay.io/glossary/robot-accounts.html' },
  ecr: {
    username: 'AWS',
    isOnlyUsername: true,
    command: ecrCommand('REGION'),
    link: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html',
  },
  'ecr-public': {
    username: 'AWS',
    isOnlyUsername: true,
    // Tokens for the public registry are given out in this one region, wherever the images are used.
    command: 'aws ecr-public get-login-password --region us-east-1',
    link: 'https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html',
  },
  gar: {
    username: 'oauth2accesstoken',
    isOnlyUsername: false,
    command: 'gcloud auth print-access-token',
    link: 'https://cloud.google.com/artifact-registry/docs/docker/authentication',
  },
  acr: {
    username: '00000000-0000-0000-0000-000000000000',
    isOnlyUsername: false,
    command: acrCommand('NAME'),
    link: 'https://learn.microsoft.com/azure/container-registry/container-registry-authentication',
  },
};

function vendor(id: VendorId): KnownRegistry {
  return { id, ...VENDORS[id] };
}

/** Servers that anybody can run are told by the path and the service of their token server. */
function byTokenServer(
  host: string,
  { address, realm, service }: RegistryTraits,
): KnownRegistry | undefined {
  if (realm === undefined || !URL.canParse(realm, `https://${address}`)) return undefined;
  const { pathname, host: realmHost, hostname } = new URL(realm, `https://${address}`);
  const site = host === hostname || isAbove(hostname, host) ? realmHost : undefined;
  if (pathname === '/service/token' && service === 'harbor-registry') {
    return { ...plain, id: 'harbor', link: site ? `https://${site}/` : null };
  }
  if (pathname === '/jwt/auth' && service === 'container_registry') {
    return { ...plain, id: 'gitlab', link: site ? gitlabTokens(site) : null };
  }
  // Gitea 1.17 and its children name no service at first, `container_registry` later.
  if (pathname === '/v2/token' && (!service || service === 'container_registry')) {
    return {
      ...plain,
      id: 'gitea',
      link: site ? `https://${site}/user/settings/applications` : null,
    };
  }
  return undefined;
}

/** Whether a name of at least two labels has the other one below it; the numbers of an IP address are no labels. */
function isAbove(name: string, other: string): boolean {
  return name.includes('.') && !/^[\d.]+$/.test(name) && other.endsWith(`.${name}`);
}
