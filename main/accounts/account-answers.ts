import { join } from 'node:path';
import { openStateFile } from '../platform/state-file.ts';
import { isSame } from './account-entries.ts';
import type { AccountEntry } from './account-index.ts';

/** What the registry said to a login last; times are ISO 8601. */
export interface AccountAnswer {
  readonly workedAt: string | null;
  readonly refusedAt: string | null;
}

/** To which login it was said. Saved again, it has another `updatedAt`, and nobody knows anything about it yet. */
type AnsweredLogin = Pick<AccountEntry, 'address' | 'username' | 'updatedAt'>;
type Answered = AnsweredLogin & AccountAnswer;

interface AnswersState {
  readonly version: 1;
  readonly answers: readonly Answered[];
}

/**
 * What registries said to the logins, in a file of its own: the credential helper never writes it, so that no
 * `docker pull` waits for that.
 */
export interface AccountAnswers {
  /** How to look a login up. Never rejects: where the file can't be read, nothing is known. */
  read(): Promise<(login: AnsweredLogin) => AccountAnswer>;
  /**
   * Notes an answer given at `now` (ISO 8601); what is told of logins not among `known` is dropped.
   * @throws RegentError `STATE_INVALID`, `FILE_FAILED`
   */
  note(
    login: AnsweredLogin,
    answer: 'worked' | 'refused',
    now: string,
    known: readonly AnsweredLogin[],
  ): Promise<void>;
  /** Drops what is told of logins not among `known`. @throws RegentError `STATE_INVALID`, `FILE_FAILED` */
  keepOnly(known: readonly AnsweredLogin[]): Promise<void>;
}

const EMPTY: AnswersState = { version: 1, answers: [] };
const UNKNOWN: AccountAnswer = { workedAt: null, refusedAt: null };

/** Opens `account-answers.json` in Regent's data folder. */
export function openAccountAnswers(dataFolder: string): AccountAnswers {
  const path = join(dataFolder, 'account-answers.json');
  const file = openStateFile(path, { parse: readState }, EMPTY);
  return {
    read: async () => {
      const { answers } = await file.read().catch(() => EMPTY);
      return (login) => answers.find((one) => isOf(one, login)) ?? UNKNOWN;
    },
    note: async (login, answer, now, known) => {
      const { address, username, updatedAt } = login;
      await file.update(({ version, answers }) => {
        const { workedAt } = answers.find((one) => isOf(one, login)) ?? UNKNOWN;
        const said =
          answer === 'worked' ? { workedAt: now, refusedAt: null } : { workedAt, refusedAt: now };
        const others = answers.filter((one) => !isOf(one, login) && isAmong(known, one));
        return { version, answers: [...others, { address, username, updatedAt, ...said }] };
      });
    },
    keepOnly: async (known) => {
      const { answers } = await file.read();
      if (answers.every((one) => isAmong(known, one))) return;
      await file.update(({ version, answers: now }) => ({
        version,
        answers: now.filter((one) => isAmong(known, one)),
      }));
    },
  };
}

function isOf(one: AnsweredLogin, other: AnsweredLogin): boolean {
  return one.updatedAt === other.updatedAt && isSame(one, other);
}

function isAmong(known: readonly AnsweredLogin[], one: AnsweredLogin): boolean {
  return known.some((login) => isOf(login, one));
}

function readState(json: unknown): AnswersState {
  const { version, answers } = json as Partial<AnswersState>;
  if (version !== 1 || !Array.isArray(answers)) throw new Error('not a list of answers');
  return { version, answers: answers.map(readAnswered) };
}

function readAnswered(json: Readonly<Record<string, unknown>>): Answered {
  const { address, username, updatedAt, workedAt, refusedAt } = json;
  if (
    typeof address !== 'string' ||
    typeof username !== 'string' ||
    typeof updatedAt !== 'string' ||
    !isTime(workedAt) ||
    !isTime(refusedAt)
  ) {
    throw new Error('not an answer');
  }
  return { address, username, updatedAt, workedAt, refusedAt };
}

const isTime = (value: unknown): value is string | null =>
  value === null || typeof value === 'string';
