import { mkdirSync } from 'node:fs';
import { requireLab } from './lab-missing.ts';
import { startDaemon } from './processes.ts';
import { readIfThere } from './read-if-there.ts';

/** An X display that nobody sees. */
export interface LabDisplay {
  /** Hand this to a program and its windows open there. */
  readonly env: { readonly DISPLAY: string };
  stop(): Promise<void>;
}

/** Starts Xvfb, 1600×1000 in full colour, on a free number; every user of the sandbox may open windows. @throws LabMissing */
export async function startDisplay(
  options: { readonly outliving?: boolean } = {},
): Promise<LabDisplay> {
  requireLab('display');
  mkdirSync('/tmp/.X11-unix', { recursive: true, mode: 0o1777 });
  const argv = ['Xvfb', '-displayfd', '1', '-screen', '0', '1600x1000x24', '-ac'];
  const daemon = await startDaemon('xvfb', [...argv, '-nolisten', 'tcp'], {
    outliving: options.outliving === true,
    // It prints the number it chose, alone on a line, once it is ready.
    ready: (logPath) => /^(\d+)\n/m.exec(readIfThere(logPath) ?? '')?.[1],
  });
  return { env: { DISPLAY: `:${daemon.answer}` }, stop: daemon.stop };
}
