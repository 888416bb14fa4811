import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HelperBuild } from './run-helper.ts';

/** One call of a helper: what the client wrote, to the byte, and what it was told. */
interface RecordedCall {
  readonly action: string;
  readonly input: string;
  readonly status: number;
  readonly stdout: string;
}

/** A `docker-credential-regent` that is Regent's own, and notes its calls. */
export interface RecordingHelper {
  /** For a client's PATH. */
  readonly folder: string;
  /** The calls since the last time, in their order. */
  take(): readonly RecordedCall[];
}

/** Puts one into a new folder. */
export function writeRecordingHelper(folder: string, { argv }: HelperBuild): RecordingHelper {
  const log = join(folder, 'calls');
  mkdirSync(folder, { recursive: true });
  const lines = [
    '#!/bin/sh',
    'work=$(mktemp -d)',
    'cat >"$work/in"',
    `${argv.map((word) => `'${word}'`).join(' ')} "$1" <"$work/in" >"$work/out"`,
    'status=$?',
    // One write a call: clients may call at the same time.
    `printf '%s %s %s %s\\n' "$1" "$status" "$(base64 -w0 <"$work/in")." "$(base64 -w0 <"$work/out")." >>'${log}'`,
    'cat "$work/out"',
    'rm -r "$work"',
    'exit "$status"',
  ];
  const path = join(folder, 'docker-credential-regent');
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o755 });
  writeFileSync(log, '');
  const decode = (word = '') => Buffer.from(word.slice(0, -1), 'base64').toString();
  return {
    folder,
    take: () => {
      const rows = readFileSync(log, 'utf8').trim().split('\n').filter(Boolean);
      rmSync(log);
      writeFileSync(log, '');
      return rows.map((row) => {
        const [action = '', status, input, stdout] = row.split(' ');
        return { action, status: Number(status), input: decode(input), stdout: decode(stdout) };
      });
    },
  };
}
