import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labFolder } from './processes.ts';

/**
 * A folder to build from, readable by everybody: one step on top of `image`, which runs nothing and so needs no
 * network and no cgroups.
 * @returns its path; the Dockerfile in it is called `Dockerfile`
 */
export function makeBuildContext(image: string): string {
  const contexts = join(labFolder, 'contexts');
  mkdirSync(contexts, { recursive: true, mode: 0o755 });
  const context = mkdtempSync(join(contexts, 'context-'));
  chmodSync(context, 0o755);
  writeFileSync(join(context, 'Dockerfile'), `FROM ${image}\nCOPY Dockerfile /built-from\n`);
  return context;
}
