import type { RegentClient } from '../../shared/contract/client.ts';
import type { ExitStatus } from '../../shared/errors/index.ts';
import type { MessageKey, Translator } from '../../shared/i18n/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Input } from './terminal/input.ts';
import type { Output } from './terminal/output.ts';

/** A positional argument; its name is also what help and errors call it. */
export interface ArgumentSpec {
  readonly name: string;
  /** The only words it may be. */
  readonly choices?: readonly string[];
  /** Whether it may be left out; only the last ones may. */
  readonly optional?: true;
  /** Whether it stands for all words from here on, none among them; only the last one may. */
  readonly rest?: true;
}

/** An option. `value` names what a text option wants, such as `FILE`. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  readonly multiple?: true;
  readonly short?: string;
  readonly value?: string;
  /** The only words that its value may be. */
  readonly choices?: readonly string[];
  /** Words for completion to offer where others are possible too. */
  readonly suggestions?: readonly string[];
  readonly about: MessageKey;
}

/** What a command is called and takes, as data: parsing, help and completion are made from it. */
export interface CommandSpec<
  A extends readonly ArgumentSpec[] = readonly ArgumentSpec[],
  O extends Readonly<Record<string, OptionSpec>> = Readonly<Record<string, OptionSpec>>,
> {
  /** One word, or two: `trust list`. */
  readonly name: string;
  readonly about: MessageKey;
  readonly args: A;
  readonly options: O;
  readonly examples: readonly string[];
}

type ValueOf<O extends OptionSpec> = O['type'] extends 'boolean'
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : string | undefined;

type ArgumentOf<A extends ArgumentSpec> = A extends { readonly rest: true }
  ? readonly string[]
  : A extends { readonly optional: true }
    ? string | undefined
    : string;

/** What was typed, by name. */
export interface Given<
  A extends readonly ArgumentSpec[],
  O extends Readonly<Record<string, OptionSpec>>,
> {
  readonly args: { readonly [N in A[number] as N['name']]: ArgumentOf<N> };
  readonly options: { readonly [K in keyof O]: ValueOf<O[K]> };
}

/** What a command is lent. It reaches everything else through the client. */
export interface CommandContext {
  readonly client: RegentClient;
  readonly t: Translator;
  readonly out: Output;
  readonly err: Output;
  readonly input: Input;
  /** Fires at Ctrl-C, and when nobody reads the output any more. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Whether one JSON document (or one a line) is wanted in place of words. */
  readonly json: boolean;
}

/** A command ready to run, whatever it takes. Running throws what a person is to be told. */
export interface Command extends CommandSpec {
  run(
    context: CommandContext,
    given: {
      readonly args: Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly options: Given<
        readonly ArgumentSpec[],
        Readonly<Record<string, OptionSpec>>
      >['options'];
    },
  ): Promise<ExitStatus | 0>;
}

/** Ties a command to what it takes, so that its arguments and options have their types. */
export function defineCommand<
  const A extends readonly ArgumentSpec[],
  const O extends Readonly<Record<string, OptionSpec>>,
>(
  spec: CommandSpec<A, O>,
  run: (context: CommandContext, given: Given<A, O>) => Promise<ExitStatus | 0>,
): Command {
  return { ...spec, run: run as Command['run'] };
}
