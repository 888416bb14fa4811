/** One challenge of a `WWW-Authenticate` header (RFC 9110, 11.6.1). */
export interface Challenge {
  /** The scheme in lower case: `bearer`, `basic`, … */
  readonly scheme: string;
  /** Parameters, names in lower case, values unquoted and as they were sent. The first of two equal names counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const SEPARATORS = /[ \t,]*/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const TOKEN68 = /[ \t]+[A-Za-z0-9\-._~+/]+=*[ \t]*(?=,|$)/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"?/y;
/** More generous than the grammar, for servers that leave out the quotes around an URL. */
const BARE = /[^\s,"]*/y;
const SPACE = /[ \t]+/y;

/**
 * Reads all challenges, in their order. Takes header lines one by one or joined with commas; commas inside
 * quotes separate nothing; names are case-insensitive; values are quoted or bare. Nothing is thrown: what
 * cannot be read is passed over, since it is text from a server.
 * @param lines the values of all `WWW-Authenticate` lines
 */
export function parseChallenges(lines: readonly string[]): readonly Challenge[] {
  return lines.flatMap(parseLine);
}

function parseLine(line: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match) at = pattern.lastIndex;
    return match;
  };
  const takeValue = (): string => {
    const quoted = take(QUOTED);
    if (quoted) return (quoted[1] ?? '').replace(/\\([\s\S])/g, '$1');
    return take(BARE)?.[0] ?? '';
  };
  while (at < line.length) {
    take(SEPARATORS);
    const word = take(TOKEN)?.[0];
    if (word === undefined) {
      // Not a token: step over one character, so that one odd byte hides no later challenge.
      at += 1;
    } else if (take(EQUALS)) {
      const name = word.toLowerCase();
      const value = takeValue();
      const current = challenges.at(-1)?.parameters;
      if (current && !current.has(name)) current.set(name, value);
    } else {
      challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
      if (!take(TOKEN68)) take(SPACE);
    }
  }
  return challenges;
}

/** The challenge to answer: Bearer with a realm before Basic, as containerd and Docker choose; others are unknown. */
export function chooseChallenge(challenges: readonly Challenge[]): Challenge | undefined {
  return (
    challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.get('realm')) ??
    challenges.find(({ scheme }) => scheme === 'basic')
  );
}

/** The values of one header, each line apart, from Node's flat `rawHeaders` list. */
export function headerLines(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter((_, index) => {
    const header = index % 2 === 1 ? rawHeaders[index - 1] : undefined;
    return header?.length === name.length && header.toLowerCase() === name;
  });
}
