import { type Pasted, readPastedReference, readPastedWord } from './pasted-word.ts';

const ENGINE = /^(?:.*\/)?(?:docker|podman|nerdctl|buildah|skopeo|crane|regctl|oras)$/;

/** Options of the pull, push and login commands of those programs that take the next word as their value. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  ...['--platform', '--arch', '--os', '--variant', '--format', '--authfile', '--cert-dir'],
  ...['-u', '--username', '-p', '--password', '--creds', '--src-creds', '--dest-creds'],
  ...['--config', '--context', '-c', '-H', '--host', '--log-level', '-l', '--namespace', '-n'],
]);

/** Commands whose last word is an image even when it names no registry. */
const ABOUT_IMAGES: ReadonlySet<string> = new Set(['pull', 'push', 'tag']);

/**
 * Reads a whole command line about an image or a registry, or a sentence with an URL in it. Undefined when it
 * is none, or about nothing.
 */
export function readCommandLine(words: readonly string[]): Pasted | undefined {
  const [program = '', ...rest] = words[0] === 'sudo' ? words.slice(1) : words;
  const [verb, ...operands] = operandsOf(rest);
  if (program === 'regent') return readPastedWord(operands[0] ?? '');
  if (!ENGINE.test(program)) return readPastedWord(words.find(isUrl) ?? '');
  if (verb === 'login' || verb === 'logout') return readPastedWord(operands[0] ?? 'docker.io');
  const images = operands.map(readImage).filter((image) => image !== undefined);
  // A registry that is named wins over words that Docker would look up on Docker Hub.
  const named = images.find(({ address }) => address !== 'docker.io');
  return named ?? (rest.some((word) => ABOUT_IMAGES.has(word)) ? images.at(-1) : undefined);
}

function operandsOf(words: readonly string[]): readonly string[] {
  return words.filter(
    (word, index) => !word.startsWith('-') && !WITH_VALUE.has(words[index - 1] ?? ''),
  );
}

const isUrl = (word: string): boolean => /^https?:\/\//i.test(word);

/** skopeo, podman and oras name transports: `docker://…`, `oci://…`. */
function readImage(word: string): Pasted | undefined {
  return readPastedReference(word.replace(/^(?:docker|oci|https?):\/\//, ''));
}
