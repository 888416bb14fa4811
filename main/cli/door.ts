import type { Door } from '../api/door.ts';
import { languagesOf } from './language.ts';

/** Written to the end before the process goes on, for whatever reads it through a pipe. */
function printSecret(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** The terminal as a door to the services: whoever runs a command has confirmed it by its options or by answering. */
export function createDoor(env: NodeJS.ProcessEnv): Door {
  return {
    kind: 'terminal',
    confirmTrust: () => Promise.resolve(true),
    confirmRevoke: () => Promise.resolve(true),
    confirmDeletion: () => Promise.resolve(true),
    // Files are named by options and written to where the output is sent.
    chooseFile: () => Promise.resolve(null),
    saveFiles: () => Promise.resolve(null),
    chooseDestination: (_subject, _format, named) => Promise.resolve(named ?? null),
    handOverSecret: (text) => printSecret(text),
    // A terminal has no clipboard and no theme of Regent's.
    copyText: () => undefined,
    applySettings: () => undefined,
    preferredLanguages: () => languagesOf(env),
  };
}
