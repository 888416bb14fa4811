import { RegentError } from '../errors/regent-error.ts';
import { isDigest } from './digest.ts';
import { DOCKER_HUB, isDockerHub } from './docker-hub.ts';
import { redactInput } from './redact.ts';

/** An image reference, normalised: Docker Hub and its `library/` are spelled out, nothing else is added. */
export interface ImageReference {
  /** `host[:port]` as typed; `docker.io` for Docker Hub. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | null;
  /** When there is one, it decides the content; the tag is for display. */
  readonly digest: string | null;
}

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9A-Fa-f:]+\\])(?::[0-9]+)?$`);
const REPOSITORY =
  /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const IMAGE_ID = /^[0-9a-f]{64}$/;
const LONGEST_REPOSITORY = 255;
const LONGEST_REFERENCE = 1024;

/** Whether the text is a repository's path on its registry, at most 255 characters. */
export function isRepository(text: string): boolean {
  return text.length <= LONGEST_REPOSITORY && REPOSITORY.test(text);
}

/** Whether the text is a tag. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/**
 * Reads `[host[:port]/]path[:tag][@digest]` exactly as Docker does (distribution/reference). No tag is made
 * up: `latest` is a default of commands, not of the grammar.
 * @throws RegentError `REFERENCE_INVALID`
 */
export function parseReference(text: string): ImageReference {
  const reference = readReference(text);
  if (!reference) throw new RegentError('REFERENCE_INVALID', { input: redactInput(text) });
  return reference;
}

/** Writes a reference in full, such as `docker.io/library/ubuntu:22.04`; {@link parseReference} reads it back. */
export function formatReference({ registry, repository, tag, digest }: ImageReference): string {
  const suffix = `${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
  return `${registry}/${repository}${suffix}`;
}

function readReference(text: string): ImageReference | undefined {
  if (text.length > LONGEST_REFERENCE || IMAGE_ID.test(text)) return undefined;
  const [tagged, digest] = splitOnce(text, text.indexOf('@'));
  const colon = tagged.lastIndexOf(':');
  const [name, tag] = splitOnce(tagged, colon > tagged.lastIndexOf('/') ? colon : -1);
  if (tag !== null && !isTag(tag)) return undefined;
  if (digest !== null && !isDigest(digest)) return undefined;
  const named = splitName(name);
  return named && isRepository(named.repository) ? { ...named, tag, digest } : undefined;
}

function splitName(name: string): Pick<ImageReference, 'registry' | 'repository'> | undefined {
  const [first, rest] = splitOnce(name, name.indexOf('/'));
  if (rest === null || !looksLikeHost(first)) return onHub(name);
  if (!HOST.test(first)) return undefined;
  if (isDockerHub(first)) return onHub(rest);
  return { registry: first, repository: rest };
}

function onHub(path: string): Pick<ImageReference, 'registry' | 'repository'> {
  return { registry: DOCKER_HUB, repository: path.includes('/') ? path : `library/${path}` };
}

/** Docker's rule for the part before the first slash: what can't be a path component, or `localhost`. */
function looksLikeHost(part: string): boolean {
  return part === 'localhost' || /[.:A-Z]/.test(part);
}

function splitOnce(text: string, at: number): readonly [string, string | null] {
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
