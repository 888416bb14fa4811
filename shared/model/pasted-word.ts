import { splitAddress } from './address-grammar.ts';
import { isDigest } from './digest.ts';
import { type ImageReference, isRepository, isTag, parseReference } from './reference.ts';

/** What a person means by the text they pasted to name a registry. */
export interface Pasted {
  /** `host[:port]` as typed. */
  readonly address: string;
  /** Only where the text said it, as an URL. */
  readonly scheme?: 'http' | 'https';
  /** The image that the text was about, if it was. */
  readonly repository?: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Reads one word: an address, an URL or an image reference. Undefined when it is none of them. */
export function readPastedWord(word: string): Pasted | undefined {
  const url = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(word);
  if (!url) return readPlain(word);
  const scheme = url[1]?.toLowerCase();
  const rest = url[2] ?? '';
  if (scheme === 'http' || scheme === 'https') return readUrl(scheme, rest);
  return scheme === 'docker' || scheme === 'oci' ? readPlain(rest) : undefined;
}

/** The parts of an image reference; when only its path is no repository's, at least its registry. */
export function readPastedReference(text: string): Pasted | undefined {
  const reference = tryReference(text);
  if (reference) return pastedOf(reference);
  const [host = '', ...path] = text.split('/');
  return path.length > 0 && /[.:]|^localhost$/.test(host) && isAddress(host)
    ? { address: host }
    : undefined;
}

function readPlain(text: string): Pasted | undefined {
  const bare = text.replace(/\/(v[12]\/?)?$/, '');
  if (isAddress(bare)) return { address: bare };
  return isImageAlone(bare) ? readPastedReference(bare) : undefined;
}

/** Whether a word that is no address is an image, such as `ubuntu:22.04`, rather than a mistyped address. */
function isImageAlone(text: string): boolean {
  return text.includes('/') || /^[^.:]+(?::\d*[^\d].*|@.*)$/.test(text);
}

function readUrl(scheme: 'http' | 'https', rest: string): Pasted | undefined {
  const [authority = ''] = rest.split(/[/?#]/, 1);
  if (!isAddress(authority)) return undefined;
  const path = rest.slice(authority.length).replace(/[?#].*$/, '');
  return { address: authority, scheme, ...readPath(path) };
}

/**
 * What the path of an URL says of an image: an address of the API, or a path with a tag or digest. Any other
 * path may as well be a page of a web interface.
 */
function readPath(path: string): Pick<Pasted, 'repository' | 'tag' | 'digest'> {
  const api = /^\/v2\/(.+)\/(?:manifests\/([^/]+)|tags\/list)\/?$/.exec(path);
  if (api) {
    const [, repository = '', name = ''] = api;
    if (!isRepository(repository)) return {};
    if (isDigest(name)) return { repository, digest: name };
    return isTag(name) ? { repository, tag: name } : { repository };
  }
  const reference = /[:@]/.test(path) ? tryReference(`localhost${path}`) : undefined;
  if (!reference) return {};
  const { address: _, ...image } = pastedOf(reference);
  return image;
}

function pastedOf({ registry, repository, tag, digest }: ImageReference): Pasted {
  return {
    address: registry,
    repository,
    ...(tag === null ? {} : { tag }),
    ...(digest === null ? {} : { digest }),
  };
}

const isAddress = (text: string): boolean => splitAddress(text) !== undefined;

function tryReference(text: string): ImageReference | undefined {
  try {
    return parseReference(text);
  } catch {
    return undefined;
  }
}
