import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { RegentError } from '../../../shared/errors/index.ts';

/** Where answers and secrets come from. */
export interface Input {
  /** Whether a person can be asked. */
  readonly isTty: boolean;
  /**
   * Asks on the terminal. With `hidden` what is typed is not shown. Undefined at the end of the input.
   * @throws RegentError `CANCELLED` at Ctrl-C
   */
  ask(question: string, options?: { readonly hidden?: boolean }): Promise<string | undefined>;
  /** Reads everything up to the end, as UTF-8. @throws RegentError `INPUT_INVALID` when it is unreasonably long */
  readAll(): Promise<string>;
}

/** Bytes; tokens of big identity providers have more than 64 KiB. */
const LIMIT = 1_048_576;

/**
 * Opens standard input. Questions are shown on `terminal`, since stdout may be going into a file. Ctrl-C at a
 * question calls `interrupt`; when `signal` fires, a pending question ends as if by Ctrl-C.
 */
export function openInput(
  stdin: NodeJS.ReadStream,
  terminal: NodeJS.WriteStream,
  signal: AbortSignal,
  interrupt: () => void,
): Input {
  return {
    isTty: stdin.isTTY === true && terminal.isTTY === true,
    ask: (question, { hidden = false } = {}) =>
      new Promise((resolve, reject) => {
        // Readline needs a terminal to edit on; for a secret it gets one that shows nothing.
        const output = hidden ? darkness() : terminal;
        const line = createInterface({ input: stdin, output, terminal: true, historySize: 0 });
        let isOver = false;
        const finish = (act: () => void) => {
          if (isOver) return;
          isOver = true;
          signal.removeEventListener('abort', cancel);
          // Its own listeners stay until it has closed: they take its hands off the keyboard.
          line.close();
          act();
        };
        const cancel = () =>
          finish(() => {
            terminal.write('\n');
            reject(new RegentError('CANCELLED', { subject: question.trim() }));
          });
        signal.addEventListener('abort', cancel, { once: true });
        line.once('SIGINT', interrupt);
        line.once('close', () => finish(() => resolve(undefined)));
        line.once('line', (text) =>
          finish(() => {
            if (hidden) terminal.write('\n');
            resolve(text);
          }),
        );
        if (hidden) terminal.write(question);
        line.setPrompt(hidden ? '' : question);
        line.prompt();
      }),
    readAll: async () => {
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of stdin) {
        const bytes = Buffer.from(chunk as Uint8Array);
        length += bytes.length;
        if (length > LIMIT) throw new RegentError('INPUT_INVALID', { field: 'stdin' });
        chunks.push(bytes);
      }
      return Buffer.concat(chunks).toString('utf8');
    },
  };
}

function darkness(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
