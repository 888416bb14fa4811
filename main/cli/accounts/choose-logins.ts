import { RegentError } from '../../../shared/errors/index.ts';
import type { FoundLogin } from '../../../shared/model/found-login.ts';
import type { CommandContext } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { canAsk } from '../terminal/ask-yes.ts';
import { foundLines } from './found-lines.ts';

/** The words for every login of the list. */
const ALL: Readonly<Record<string, readonly string[]>> = {
  en: ['all', 'a'],
  ko: ['모두', '전부', 'all'],
  pl: ['wszystkie', 'w', 'all'],
};

/** What was asked for on the command line. */
export interface ImportWish {
  readonly addresses: readonly string[];
  readonly all: boolean;
}

/**
 * The logins that are to be taken over, of those found: all that can be, those of the named registries whether they
 * can be or not, so that their problem is told, or the ones that a person picks from a list of those that can be.
 * @throws RegentError `USAGE_OPTIONS_CLASH`, `USAGE_ARGUMENT_MISSING` where nobody can be asked, `LOGIN_NOT_FOUND`,
 * `INPUT_INVALID`, `ADDRESS_INVALID`
 */
export async function chooseLogins(
  context: Pick<CommandContext, 'err' | 'input' | 'json' | 't'>,
  found: readonly FoundLogin[],
  { addresses, all }: ImportWish,
): Promise<readonly FoundLogin[]> {
  if (all && addresses.length > 0) {
    throw new RegentError('USAGE_OPTIONS_CLASH', { option: '--all', other: 'ADDRESS' });
  }
  if (addresses.length > 0) return named(found, addresses);
  const ready = found.filter(({ problem }) => problem === null);
  if (all || ready.length === 0) return ready;
  if (!canAsk(context)) {
    throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: 'ADDRESS | --all' });
  }
  return await pick(context, ready);
}

/** Also those with a problem, which is then what their registry's name on the command line leads to. */
function named(found: readonly FoundLogin[], typed: readonly string[]): readonly FoundLogin[] {
  const chosen = new Set<FoundLogin>();
  for (const word of typed) {
    const exact = found.filter(({ key }) => key === word);
    const address = exact.length > 0 ? word : readAddress(word);
    const logins = exact.length > 0 ? exact : found.filter((one) => one.address === address);
    if (logins.length === 0) throw new RegentError('LOGIN_NOT_FOUND', { address });
    for (const login of logins) chosen.add(login);
  }
  return [...chosen];
}

async function pick(
  { err, input, t }: Pick<CommandContext, 'err' | 'input' | 't'>,
  ready: readonly FoundLogin[],
): Promise<readonly FoundLogin[]> {
  for (const [index, login] of ready.entries()) {
    const [first = '', ...more] = foundLines(t, login);
    err.line(`${String(index + 1).padStart(2)} ${first}`);
    for (const line of more) err.line(`   ${line}`);
  }
  const answer = ((await input.ask(`${t('cli.accountsImport.question')} `)) ?? '').trim();
  if (ALL[t.locale]?.includes(answer.toLowerCase())) return ready;
  const numbers = answer.split(/[\s,]+/).filter(Boolean);
  const chosen = numbers.map((number) => {
    const login = /^\d+$/.test(number) ? ready[Number(number) - 1] : undefined;
    if (!login) throw new RegentError('INPUT_INVALID', { field: number });
    return login;
  });
  return [...new Set(chosen)];
}
