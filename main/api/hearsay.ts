import type { Clock } from '../platform/clock.ts';
import type { LoginAnswer, LoginListener } from '../registry/auth/authorizer.ts';

/** What clients hear of their logins, on its way to the accounts: no request waits for it. */
export interface Hearsay {
  /** Listens for a client that was made from that login, see `loginOf`. */
  listenerFor(address: string, login: string | null): LoginListener;
  /** Resolves once everything heard so far has been told. */
  settled(): Promise<void>;
}

/** How often the same answer is told again, in milliseconds: often enough for "last worked at". */
const AGAIN_AFTER = 3_600_000;

/** See the parts of clients, which are made with the same. */
interface HearsayParts {
  readonly clock: Clock;
  readonly loginOf: (address: string) => Promise<string | null>;
  readonly noteAnswer: (address: string, username: string, answer: LoginAnswer) => Promise<void>;
}

/** Tells the accounts what is new, and what is true since an hour ago. What can't be told is not worth an error. */
export function createHearsay({ clock, loginOf, noteAnswer }: HearsayParts): Hearsay {
  const pending = new Set<Promise<void>>();
  const tell = async (
    address: string,
    login: string | null,
    username: string,
    answer: LoginAnswer,
  ): Promise<void> => {
    // A login that was changed meanwhile: nobody knows which of them the registry meant.
    if ((await loginOf(address)) === login) await noteAnswer(address, username, answer);
  };
  return {
    listenerFor: (address, login) => {
      let last: { readonly answer: LoginAnswer; readonly at: number } | undefined;
      return (username, answer) => {
        const at = clock.now();
        if (last?.answer === answer && at - last.at < AGAIN_AFTER) return;
        last = { answer, at };
        const telling = tell(address, login, username, answer)
          .catch(() => undefined)
          .finally(() => pending.delete(telling));
        pending.add(telling);
      };
    },
    settled: async () => {
      await Promise.all(pending);
    },
  };
}
