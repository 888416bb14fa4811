import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../main/build/project.mjs';

/**
 * Files of this one run: vitest's reports, and notes about what could not be run. They lie in the project folder, since
 * the sandbox shares nothing else with the machine, and go when this process ends.
 * @returns {{ notesPath: string, note: (text: string) => void, notes: () => string[], reportPath: (name: string) => string }}
 */
export function openRunFiles() {
  const artifacts = join(projectFolder, 'test', 'artifacts');
  mkdirSync(artifacts, { recursive: true });
  const folder = mkdtempSync(join(artifacts, 'run-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const notesPath = join(folder, 'notes');
  writeFileSync(notesPath, '');
  return {
    notesPath,
    note: (text) => appendFileSync(notesPath, `${text}\n`),
    // Several files may note the same thing.
    notes: () => [...new Set(readFileSync(notesPath, 'utf8').split('\n').filter(Boolean))],
    reportPath: (name) => join(folder, `${name}.json`),
  };
}
