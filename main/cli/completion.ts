import type { Translator } from '../../shared/i18n/index.ts';
import type { Command, OptionSpec } from './command.ts';
import { commonOptions } from './parse.ts';

/** The shells that completion is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
/** See {@link shells}. */
export type Shell = (typeof shells)[number];

/** Writes the completion script of a shell from what the commands say of themselves. */
export function completionScript(
  shell: Shell,
  commands: readonly Command[],
  t: Translator,
): string {
  switch (shell) {
    case 'bash':
      return bashScript(commands);
    case 'zsh':
      return `#compdef regent\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(commands)}`;
    case 'fish':
      return fishScript(commands, t);
  }
}

/** What can follow each beginning: `''` for the command itself, then options and subcommands. */
function choicesByName(commands: readonly Command[]): ReadonlyMap<string, readonly string[]> {
  const choices = new Map<string, string[]>([['', ['help', '--help', '--version']]]);
  const add = (name: string, ...words: readonly string[]) => {
    const known = choices.get(name) ?? [];
    choices.set(name, [...known, ...words.filter((word) => !known.includes(word))]);
  };
  for (const { name, options, args } of commands) {
    const [first = '', second] = name.split(' ');
    add('', first);
    add('help', first);
    if (second) add(first, second);
    const words = Object.keys({ ...options, ...commonOptions }).map((option) => `--${option}`);
    add(name, ...words, ...args.flatMap(({ choices = [] }) => choices));
  }
  return choices;
}

/** What can stand behind each option that has a value: a shell pattern of command and option, then words or files. */
function valuesByOption(
  commands: readonly Command[],
): readonly (readonly [pattern: string, words: readonly string[] | 'files'])[] {
  return commands.flatMap(({ name, options }) =>
    Object.entries(options).flatMap(([option, { value, choices, suggestions, short }]) => {
      const words = choices ?? suggestions ?? (isFile(value) ? 'files' : undefined);
      const spelt = short ? [`--${option}`, `-${short}`] : [`--${option}`];
      return words ? [[spelt.map((one) => `'${name} ${one}'`).join('|'), words] as const] : [];
    }),
  );
}

function isFile(value: string | undefined): boolean {
  return value === 'FILE' || value === 'PATH';
}

function bashScript(commands: readonly Command[]): string {
  const cases = [...choicesByName(commands)]
    .map(([name, words]) => `    '${name}') words='${words.join(' ')}' ;;`)
    .join('\n');
  const values = valuesByOption(commands)
    .map(([pattern, words]) => {
      const how = words === 'files' ? '-f' : `-W '${words.join(' ')}'`;
      return `    ${pattern}) COMPREPLY=( $(compgen ${how} -- "$current") ); return ;;`;
    })
    .join('\n');
  // The longest known beginning decides; behind an option of that command its values are wanted.
  return `_regent() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  local name=''
  [ "$COMP_CWORD" -gt 1 ] && name="\${COMP_WORDS[1]}"
  if [ "$COMP_CWORD" -gt 2 ]; then
    case "$name \${COMP_WORDS[2]}" in
${[...choicesByName(commands).keys()]
  .filter((name) => name.includes(' '))
  .map((name) => `      '${name}') name='${name}' ;;`)
  .join('\n')}
    esac
  fi
  case "$name $previous" in
${values}
  esac
  case "$name" in
${cases}
  esac
  COMPREPLY=( $(compgen -W "$words" -- "$current") )
}
complete -o default -F _regent regent
`;
}

function fishScript(commands: readonly Command[], t: Translator): string {
  const firsts = new Map(commands.map(({ name, about }) => [name.split(' ')[0] ?? name, about]));
  const lines = [...firsts].map(
    ([first, about]) =>
      `complete -c regent -f -n __fish_use_subcommand -a ${first} -d ${quote(t(about))}`,
  );
  for (const { name, options, args, about } of commands) {
    const [first = '', second] = name.split(' ');
    const seen = second
      ? `'__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}'`
      : `'__fish_seen_subcommand_from ${first}'`;
    if (second) {
      const start = `'__fish_seen_subcommand_from ${first}'`;
      lines.push(`complete -c regent -f -n ${start} -a ${second} -d ${quote(t(about))}`);
    }
    for (const word of args.flatMap(({ choices = [] }) => choices)) {
      lines.push(`complete -c regent -f -n ${seen} -a ${word}`);
    }
    const specs: Readonly<Record<string, OptionSpec>> = { ...options, ...commonOptions };
    for (const [option, spec] of Object.entries(specs)) {
      lines.push(
        `complete -c regent -n ${seen} ${fishOption(option, spec)} -d ${quote(t(spec.about))}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function fishOption(
  option: string,
  { type, short, value, choices, suggestions }: OptionSpec,
): string {
  const words = choices ?? suggestions;
  const offered = words ? ` -f -a '${words.join(' ')}'` : isFile(value) ? ' -F' : '';
  return [
    `-l ${option}`,
    ...(short ? [`-s ${short}`] : []),
    ...(type === 'string' ? [`-r${offered}`] : []),
  ].join(' ');
}

/** fish: within single quotes only the backslash and the quote itself mean something. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
