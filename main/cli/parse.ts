import { parseArgs } from 'node:util';
import { RegentError } from '../../shared/errors/index.ts';
import type { Command, OptionSpec } from './command.ts';

/** What a command line asks for. */
export type Invocation =
  | { readonly kind: 'overview' }
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly commands: readonly Command[] }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly given: Given;
      readonly json: boolean;
    };

/** How people try to hand over a secret as an argument; no command has these. */
const PASSWORDS: readonly string[] = ['-p', '--password', '--passphrase', '--identity-token'];

/** Options that every command has. */
export const commonOptions = {
  json: { type: 'boolean', about: 'cli.option.json' },
  help: { type: 'boolean', short: 'h', about: 'cli.option.help' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

type Given = Parameters<Command['run']>[1];
type Tokens = NonNullable<ReturnType<typeof parseArgs>['tokens']>;
type OptionToken = Extract<Tokens[number], { readonly kind: 'option' }>;

/**
 * Reads a command line.
 * @throws RegentError `USAGE_…`; it never repeats an option's value, which may be a password in the wrong place
 */
export function parseCommandLine(
  argv: readonly string[],
  commands: readonly Command[],
): Invocation {
  const start = argv.findIndex((word) => !word.startsWith('-') || word === '--');
  const before = start === -1 ? argv : argv.slice(0, start);
  const words = start === -1 ? [] : argv.slice(start);
  if (before.includes('--version')) return { kind: 'version' };
  const [first] = words;
  if (first === undefined) return parseWithoutCommand(before);
  if (first === 'help') return helpFor(words.slice(1), commands);
  if (words[1] === '--help' || words[1] === '-h') return helpFor([first], commands);
  const { command, rest } = findCommand(words, commands);
  return parseFor(command, [...before, ...rest]);
}

function parseWithoutCommand(options: readonly string[]): Invocation {
  const unknown = options.find((word) => word !== '--help' && word !== '-h' && word !== '--json');
  if (unknown !== undefined)
    throw new RegentError('USAGE_OPTION_UNKNOWN', { option: nameOf(unknown) });
  return { kind: 'overview' };
}

/** The command with the longest name that the words begin with. */
function findCommand(words: readonly string[], commands: readonly Command[]) {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: words.slice(length) };
  }
  const [first = '', second = ''] = words;
  const family = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (family.length === 0) throw new RegentError('USAGE_COMMAND_UNKNOWN', { command: first });
  if (second !== '' && !second.startsWith('-')) {
    throw new RegentError('USAGE_COMMAND_UNKNOWN', { command: `${first} ${second}` });
  }
  const argument = family.map(({ name }) => name.slice(first.length + 1)).join('|');
  throw new RegentError('USAGE_ARGUMENT_MISSING', { argument });
}

function helpFor(words: readonly string[], commands: readonly Command[]): Invocation {
  const name = words.filter((word) => !word.startsWith('-')).join(' ');
  if (name === '') return { kind: 'overview' };
  return { kind: 'help', commands: familyOf(name, commands) };
}

/** A command with its subcommands: `trust` and `trust list`. */
function familyOf(name: string, commands: readonly Command[]): readonly Command[] {
  const family = commands.filter(
    (command) => command.name === name || command.name.startsWith(`${name} `),
  );
  if (family.length === 0) throw new RegentError('USAGE_COMMAND_UNKNOWN', { command: name });
  return family;
}

function parseFor(command: Command, words: readonly string[]): Invocation {
  const specs: Readonly<Record<string, OptionSpec>> = { ...command.options, ...commonOptions };
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) },
    ]),
  );
  // Not strict: it would tell what is wrong in a sentence only, and the tokens tell it as data.
  const parsed = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of parsed.tokens) if (token.kind === 'option') checkOption(token, specs);
  if (parsed.values.help === true) return { kind: 'help', commands: [command] };
  return {
    kind: 'run',
    command,
    json: parsed.values.json === true,
    given: {
      args: readArguments(command, parsed.positionals),
      options: readOptions(command, parsed.values),
    },
  };
}

function checkOption(token: OptionToken, specs: Readonly<Record<string, OptionSpec>>): void {
  const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
  const option = token.rawName;
  if (!spec) {
    const isPassword = PASSWORDS.includes(option);
    throw new RegentError(isPassword ? 'USAGE_PASSWORD_ARGUMENT' : 'USAGE_OPTION_UNKNOWN', {
      option,
    });
  }
  const { value } = token;
  if (spec.type === 'boolean' ? value !== undefined : !isUsable(value, token.inlineValue)) {
    throw new RegentError('USAGE_OPTION_VALUE', { option });
  }
  if (value !== undefined && spec.choices) requireChoice(option, value, spec.choices);
}

function requireChoice(name: string, word: string, choices: readonly string[]): void {
  if (choices.includes(word)) return;
  throw new RegentError('INPUT_INVALID', { field: `${name} ${choices.join('|')}` });
}

/** As in Node's strict mode: what looks like another option is none, unless it was joined with `=`. */
function isUsable(value: string | undefined, inline: boolean | undefined): boolean {
  return value !== undefined && value !== '' && (inline === true || !/^-./.test(value));
}

function readArguments({ args, options }: Command, words: readonly string[]): Given['args'] {
  const missing = args[words.length];
  if (missing && !missing.optional && !missing.rest)
    throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: missing.name });
  const extra = args.at(-1)?.rest ? undefined : words[args.length];
  if (extra !== undefined) {
    // What is too much for a command that takes a secret may be the secret.
    const argument = Object.keys(options).some(takesSecret) ? '…' : extra;
    throw new RegentError('USAGE_ARGUMENT_EXTRA', { argument });
  }
  for (const [index, { name, choices }] of args.entries()) {
    const word = words[index];
    if (word !== undefined && choices) requireChoice(name, word, choices);
  }
  return Object.fromEntries(
    args.map(({ name, rest }, index) => [name, rest ? words.slice(index) : words[index]]),
  );
}

/** Options that take something secret from standard input are called so. */
function takesSecret(option: string): boolean {
  return option.endsWith('-stdin');
}

function readOptions(command: Command, values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(command.options).map(([name, { type, multiple }]) => [
      name,
      values[name] ?? (type === 'boolean' ? false : multiple ? [] : undefined),
    ]),
  ) as Given['options'];
}

/** An option without its value. */
function nameOf(word: string): string {
  return word.split('=', 1)[0] ?? word;
}
