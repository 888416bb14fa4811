import { RegentError } from '../../../shared/errors/index.ts';
import type { DeletionWish } from '../../../shared/model/deletion.ts';
import { parseReference } from '../../../shared/model/reference.ts';

/** What is to be deleted in one repository. */
export interface Target {
  readonly address: string;
  readonly repository: string;
  readonly wish: DeletionWish;
}

/** The options that choose among tags, as typed. */
export interface Rule {
  readonly pattern: string | undefined;
  readonly 'older-than': string | undefined;
  readonly keep: string | undefined;
  readonly attached: boolean | undefined;
}

/**
 * Reads what was typed: tags and digests by name, or whole repositories where a rule chooses among their tags. Nothing is
 * made up: `latest` is deleted only by its name.
 * @throws RegentError `REFERENCE_INVALID`, `USAGE_ARGUMENT_MISSING`, `USAGE_OPTION_VALUE`, `USAGE_OPTIONS_CLASH`
 */
export function readTargets(words: readonly string[], rule: Rule): readonly Target[] {
  if (words.length === 0) throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: 'REF' });
  const conditions = readRule(rule);
  const isRule = Object.keys(conditions).length > 0;
  const attached = rule.attached ? { withAttached: true } : {};
  const targets = new Map<string, Target>();
  for (const word of words) {
    const { digest, registry: address, repository, tag } = parseReference(word);
    const name = digest ?? tag;
    if (name === null && !isRule) {
      throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: `${word}:TAG` });
    }
    const key = `${address}/${repository}`;
    const known = targets.get(key);
    const isMixed = known && (known.wish.references === undefined) !== (name === null);
    // A rule for all tags, and a name of one of them: which one is meant?
    if (isMixed) throw new RegentError('USAGE_OPTIONS_CLASH', { option: key, other: word });
    const references =
      name === null ? {} : { references: [...(known?.wish.references ?? []), name] };
    targets.set(key, { address, repository, wish: { ...conditions, ...references, ...attached } });
  }
  return [...targets.values()];
}

function readRule({ pattern, keep, ...rest }: Rule): DeletionWish {
  const olderThanDays = readNumber('--older-than', rest['older-than'], /^\d{1,6}(\.\d{1,3})?$/);
  const keepNewest = readNumber('--keep', keep, /^\d{1,6}$/);
  return {
    ...(pattern === undefined ? {} : { pattern }),
    ...(olderThanDays === undefined ? {} : { olderThanDays }),
    ...(keepNewest === undefined ? {} : { keepNewest }),
  };
}

function readNumber(option: string, typed: string | undefined, form: RegExp): number | undefined {
  if (typed === undefined) return undefined;
  if (!form.test(typed)) throw new RegentError('USAGE_OPTION_VALUE', { option });
  return Number(typed);
}
