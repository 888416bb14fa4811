import { renderPaint } from '../text/paint.ts';
import { printable, printableJson, printableLines } from '../text/printable.ts';
import { cut } from '../text/width.ts';

/** One of the two streams a person or a script reads. Everything printed passes through here and is cleaned here. */
export interface Output {
  /** Whether a person is looking at it: lines may be drawn over, and colours used. */
  readonly isTty: boolean;
  /** Prints one line; its paint shows where colours are wanted. */
  line(text?: string): void;
  /** Prints a text that may have several lines of its own, such as a script; each is set in by `indent`. */
  block(text: string, indent?: string): void;
  /** Prints the content of a file: byte for byte into a file or a pipe, cleaned where a person is looking. */
  file(content: string): void;
  /** Prints bytes as they are, for a file or a pipe. */
  bytes(content: Uint8Array): void;
  /** Shows lines that the next call of anything replaces; nothing happens where nobody is looking. */
  status(lines: readonly string[]): void;
  /** Prints a value as JSON on one line. */
  json(value: unknown): void;
}

/** What an output writes to: `process.stdout`, or a test's own. */
export interface Sink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(content: string | Uint8Array): unknown;
}

/** Both streams. They know of each other, as they may end in the same terminal. */
export interface Outputs {
  readonly out: Output;
  readonly err: Output;
}

/** Opens both streams. Colours: on a terminal, unless NO_COLOR is set (no-color.org) or it is a dumb one. */
export function openOutputs(stdout: Sink, stderr: Sink, env: NodeJS.ProcessEnv): Outputs {
  let clearDrawn: (() => void) | undefined;
  const clear = (): void => {
    clearDrawn?.();
    clearDrawn = undefined;
  };
  const open = (sink: Sink): Output => {
    const isTty = sink.isTTY === true && env.TERM !== 'dumb';
    const withColour = isTty && !env.NO_COLOR;
    const print = (line: string) => sink.write(`${renderPaint(line, withColour)}\n`);
    return {
      isTty,
      line: (text = '') => {
        clear();
        print(printable(text));
      },
      block: (text, indent = '') => {
        clear();
        for (const line of printableLines(text)) print(`${indent}${line}`.trimEnd());
      },
      file: (content) => {
        clear();
        if (sink.isTTY !== true) sink.write(content);
        else for (const line of printableLines(content.replace(/\n$/, ''))) print(line);
      },
      bytes: (content) => {
        clear();
        sink.write(content);
      },
      status: (lines) => {
        if (!isTty) return;
        clear();
        // One cell stays free, as terminals differ in what they do after the last one.
        const width = (sink.columns ?? 80) - 1;
        const drawn = lines.map((line) => fitPainted(printable(line), width));
        sink.write(drawn.map((line) => renderPaint(line, withColour)).join('\n'));
        clearDrawn = () => {
          const up = drawn.length > 1 ? `\u001b[${drawn.length - 1}A` : '';
          sink.write(`\r${up}\u001b[J`);
        };
      },
      json: (value) => {
        clear();
        sink.write(`${printableJson(value)}\n`);
      },
    };
  };
  return { out: open(stdout), err: open(stderr) };
}

/** A line that must be cut loses its paint, since the end of the paint may be in the part that goes. */
function fitPainted(line: string, width: number): string {
  const plain = renderPaint(line, false);
  const fitting = cut(plain, width);
  return fitting === plain ? line : fitting;
}
