import { type Problem, RegentError } from '../../../shared/errors/index.ts';
import { isRegent } from '../docker-config/config-edit.ts';
import { OWN_CHOICES } from '../programs/docker-own-choice.ts';
import type { HelperPrograms } from '../programs/helper-programs.ts';
import { NOT_ASKED } from '../programs/not-asked.ts';
import { entryContent } from './entry-content.ts';
import { helperFor, MOST_LOGINS } from './find-in-file.ts';
import type { AuthFileReading } from './read-auth-file.ts';
import { registryOf, type StoredLogin, storedLogin, unreadablePlace } from './stored-login.ts';

/** A helper that may keep logins, and the registries that are said to be with it. */
interface NamedHelper {
  readonly helper: string;
  readonly keys: readonly string[];
}

/**
 * The logins that docker's helpers keep: every helper that one of the files names, and where none is named those
 * among which docker chooses by itself. A helper that fails stands for the registries that are said to be with it,
 * or for itself where they are too many to name.
 */
export async function findInHelpers(
  readings: readonly AuthFileReading[],
  programs: HelperPrograms,
  platform: NodeJS.Platform,
  signal: AbortSignal,
): Promise<readonly StoredLogin[]> {
  const named = namedHelpers(readings);
  const own = isUndecided(readings) ? await ownChoices(programs, platform) : [];
  const found = await Promise.all([
    ...named.map((one) => findInHelper(one, readings, programs, signal)),
    // Nobody named this one, so nothing is known to be with it when it fails.
    ...own.map((helper) =>
      findInHelper({ helper, keys: [] }, readings, programs, signal).then(withoutProblems),
    ),
  ]);
  return found.flat();
}

async function findInHelper(
  { helper, keys }: NamedHelper,
  readings: readonly AuthFileReading[],
  programs: HelperPrograms,
  signal: AbortSignal,
): Promise<readonly StoredLogin[]> {
  const origin = { kind: 'docker-helper', helper } as const;
  const risksOf = (key: string) =>
    isHidden(helper, key, readings[0]) ? (['hidden'] as const) : [];
  const at = (key: string, username: string | null, problem: Problem | null) =>
    storedLogin({ origin, key, username, risks: risksOf(key), problem });
  try {
    const list = await programs.list(helper, signal);
    return [...list].map(([key, username]) => at(key, username || null, null));
  } catch (error) {
    if (!(error instanceof RegentError)) throw error;
    const why = error.toProblem();
    if (keys.length === 0 || keys.length > MOST_LOGINS) return [unreadablePlace(origin, why)];
    return keys.map((key) => at(key, null, why));
  }
}

/** The helpers that the files name, with the registries that are said to be with each. */
function namedHelpers(readings: readonly AuthFileReading[]): readonly NamedHelper[] {
  const keys = new Map<string, Set<string>>();
  const add = (helper: string, more: readonly string[]) => {
    if (helper === '' || NOT_ASKED.has(helper)) return;
    const known = keys.get(helper) ?? new Set();
    keys.set(helper, known);
    for (const key of more) known.add(key);
  };
  for (const { file, config } of readings) {
    for (const [key, helper] of config?.routes ?? []) add(helper, [key]);
    if (config?.credsStore && file.kind === 'docker-config') {
      const store = config.credsStore;
      // docker leaves an empty entry for each login that it gave to a helper.
      const marks = [...config.auths.keys()].filter(
        (key) =>
          entryContent(config, key).kind === 'none' &&
          helperFor(file, config, registryOf(key)) === store,
      );
      add(store, marks);
    }
  }
  return [...keys].map(([helper, set]) => ({ helper, keys: [...set] }));
}

/** Whether docker would choose a helper by itself: where there is nothing yet but what Regent put there. */
function isUndecided([docker]: readonly AuthFileReading[]): boolean {
  if (!docker || docker.problem) return false;
  const { config } = docker;
  if (!config) return true;
  const others = [...config.routes.values()].filter((helper) => !isRegent(helper));
  return config.auths.size === 0 && others.length === 0 && config.credsStore === undefined;
}

async function ownChoices(
  programs: HelperPrograms,
  platform: NodeJS.Platform,
): Promise<readonly string[]> {
  const choices = OWN_CHOICES[platform] ?? [];
  const there = await Promise.all(choices.map((helper) => programs.isThere(helper)));
  return choices.filter((_, n) => there[n]);
}

/** Whether docker asks another helper for that registry, so that this login is of no use to it. */
function isHidden(helper: string, key: string, docker: AuthFileReading | undefined): boolean {
  if (!docker?.config) return false;
  const asked = helperFor(docker.file, docker.config, registryOf(key));
  return asked !== undefined && asked !== helper;
}

const withoutProblems = (logins: readonly StoredLogin[]) =>
  logins.filter((login) => login.problem?.code !== 'OTHER_HELPER_FAILED');
