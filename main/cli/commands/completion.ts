import type { Command } from '../command.ts';
import { defineCommand } from '../command.ts';
import { completionScript, type Shell, shells } from '../completion.ts';

/** `regent completion`: the script that teaches a shell the commands. */
export function completion(others: () => readonly Command[]): Command {
  return defineCommand(
    {
      name: 'completion',
      about: 'cli.completion.about',
      args: [{ name: 'SHELL', choices: shells }],
      options: {},
      examples: ['completion bash > ~/.local/share/bash-completion/completions/regent'],
    },
    async ({ json, out, t }, { args }) => {
      const script = completionScript(args.SHELL as Shell, others(), t);
      if (json) out.json({ shell: args.SHELL, script });
      else out.block(script.trimEnd());
      return 0;
    },
  );
}
