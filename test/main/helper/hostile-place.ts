import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Finished, labFolder, run, runOrThrow } from '../../lab/index.ts';

/** A file that a stranger leaves where somebody calls docker, and what is in it. */
type Traps = Readonly<Record<string, string>>;

/** A folder of a stranger’s, in which code lies ready. */
export interface HostilePlace {
  readonly folder: string;
  /** The code, which leaves a mark when it runs. */
  readonly code: string;
  /** Whether it has run since the last time. */
  hasRun(): boolean;
  /** Every trap there is, by its name. */
  readonly traps: Traps;
}

/** Makes one. With `only`, there is no other trap in it. */
export function makeHostilePlace(folder: string, only?: string): HostilePlace {
  const mark = join(folder, 'ran');
  const code = join(folder, 'code.js');
  const foreign = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '');\n`;
  const keytar = join('node_modules', '@github', 'keytar');
  const traps: Traps = {
    '.env': `BUN_OPTIONS=--preload=${code}\nNODE_OPTIONS=--require=${code}\nREGENT_HOME=${folder}\n`,
    'bunfig.toml': `preload = [${JSON.stringify(code)}]\n`,
    [keytar]: foreign,
    'tsconfig.json': '{"compilerOptions":{"baseUrl":".","paths":{"*":["./code.js"]}}}',
    'package.json': '{"type":"commonjs","main":"code.js"}',
    'keytar.node': 'not a library',
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(code, foreign);
  for (const [name, text] of Object.entries(traps)) {
    if (only !== undefined && name !== only) continue;
    const isModule = name === keytar;
    const path = join(folder, isModule ? join(name, 'index.js') : name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  // What is only read where a variable names it.
  const openssl = [
    ...['nodejs_conf=a', 'openssl_conf=a', '[a]', 'providers=b', '[b]', 'c=d'],
    ...['[d]', 'module=/x.so', 'activate=1', ''],
  ];
  writeFileSync(join(folder, 'openssl.cnf'), openssl.join('\n'));
  writeFileSync(join(folder, 'overrides'), 'override %{x}% with %{y}%\n');
  return {
    ...{ folder, code, traps },
    hasRun: () => {
      const has = existsSync(mark);
      rmSync(mark, { force: true });
      return has;
    },
  };
}

/** Programs that do no more than the helper has to, made in the usual way, without its care. */
export interface OrdinaryPrograms {
  readonly node: readonly string[];
  /** Node’s own prompt, with nobody at it. */
  readonly prompt: readonly string[];
  /** A script that Bun runs. */
  readonly bun: readonly string[];
  /** An executable that Bun compiled. */
  readonly compiled: readonly string[];
}

/** Makes them; each asks for the keychain’s module, and says which REGENT_HOME it sees. */
export async function makeOrdinaryPrograms(): Promise<OrdinaryPrograms> {
  const bun = createRequire(import.meta.url).resolve('@oven/bun-linux-x64-baseline/bin/bun');
  const folder = mkdtempSync(join(labFolder, 'ordinary-'));
  const [script, executable] = [join(folder, 'ordinary.cjs'), join(folder, 'ordinary')];
  const lines = [
    "try { require('@github/keytar'); } catch {}",
    'console.log(process.env.REGENT_HOME);',
  ];
  writeFileSync(script, lines.join('\n'));
  const compile = ['build', '--compile', '--external=@github/keytar', script];
  await runOrThrow([bun, ...compile, '--outfile', executable]);
  return {
    node: [process.execPath, script],
    prompt: [process.execPath, '-i'],
    bun: [bun, script],
    compiled: [executable],
  };
}

/** Runs one in a place; nothing of this process’s environment is known to it. */
export function runOrdinary(
  argv: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Finished> {
  return run(argv, { cwd, env: { PATH: process.env.PATH, HOME: cwd, ...env } });
}
