import type { MessageKey, Translator } from '../../shared/i18n/index.ts';
import type { Command, OptionSpec } from './command.ts';
import { commonOptions } from './parse.ts';
import { setInColumns } from './text/columns.ts';
import { paint } from './text/paint.ts';

/** Lines of the page that `regent --help` prints. */
export function overviewLines(t: Translator, commands: readonly Command[]): readonly string[] {
  return [
    t('cli.help.intro'),
    '',
    ...section(t, 'cli.help.usage', ['regent COMMAND [OPTIONS]', 'regent help COMMAND']),
    ...section(
      t,
      'cli.help.commands',
      setInColumns(commands.map((command) => [command.name, t(command.about)])),
    ),
    ...section(t, 'cli.help.examples', [
      'regent probe registry.example.com:5000',
      'regent trust registry.example.com:5000 --fingerprint 4F:9A:…',
      'regent login registry.example.com:5000 -u alice',
      'regent pull registry.example.com:5000/team/app:1.0',
      'regent demo',
    ]),
    ...section(t, 'cli.help.exit', [t('cli.help.exitStatuses')]),
  ];
}

/** Lines of the page that `regent help COMMAND` prints; several when a name has subcommands. */
export function helpLines(t: Translator, commands: readonly Command[]): readonly string[] {
  return commands.flatMap((command) => [
    paint('bold', `regent ${command.name}`),
    t(command.about),
    '',
    ...section(t, 'cli.help.usage', [usageOf(command)]),
    ...section(t, 'cli.help.options', optionRows(t, { ...command.options, ...commonOptions })),
    ...section(
      t,
      'cli.help.examples',
      command.examples.map((example) => `regent ${example}`),
    ),
  ]);
}

/** How a command is written: `regent trust ADDRESS [OPTIONS]`. */
function usageOf({ name, args }: Command): string {
  const words = args.map(({ name: argument, choices, optional, rest }) => {
    const word = choices?.join('|') ?? argument;
    if (rest) return `[${word}…]`;
    return optional ? `[${word}]` : word;
  });
  return ['regent', name, ...words, '[OPTIONS]'].join(' ');
}

function optionRows(
  t: Translator,
  options: Readonly<Record<string, OptionSpec>>,
): readonly string[] {
  return setInColumns(
    Object.entries(options).map(([name, { short, choices, multiple, about, ...option }]) => {
      const value = choices?.join('|') ?? option.value;
      return [
        `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}${multiple ? ' …' : ''}`,
        t(about),
      ];
    }),
  );
}

function section(t: Translator, title: MessageKey, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [paint('bold', t(title)), ...lines.map((line) => `  ${line}`), ''];
}
