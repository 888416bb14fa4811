// npm test: sets up what is missing, then runs the checks and the tests. No dependencies: node_modules may not exist.
//
//   npm test                                     checks, unit, integration and e2e tests
//   npm test -- --only unit test/shared          one part (or several: unit,check); further arguments go to vitest
//   npm test -- --only shell [COMMAND…]          a shell (or one command) with the lab up
import { join } from 'node:path';
import { ensureNodeModules } from '../main/build/bootstrap.mjs';
import { exitWithSentence } from '../main/build/command.mjs';
import { projectFolder } from '../main/build/project.mjs';
import { printBenchTable } from './setup/bench-table.mjs';
import { ensureBuildkit } from './setup/buildkit.mjs';
import { ensureComposePlugin } from './setup/compose-plugin.mjs';
import { ensureHelperRuntimes } from './setup/helper-runtimes.mjs';
import { ensureNewerEngine } from './setup/newer-engine.mjs';
import { packForTest } from './setup/packed-app.mjs';
import { ensurePeerHelper } from './setup/peer-helper.mjs';
import { runChild } from './setup/run-child.mjs';
import { openRunFiles } from './setup/run-files.mjs';
import { inSandbox, needsLifeline, whyNoSandbox } from './setup/sandbox.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';
import { readTestArguments } from './setup/test-arguments.mjs';
import { boxOf, endOf, nothing, sumOf, tallyOf } from './setup/test-tally.mjs';

/** @typedef {import('./setup/test-arguments.mjs').Part} Part */
/** @typedef {import('./setup/test-tally.mjs').Tally} Tally */
/** @typedef {{ status: number }} Ended */

const node = process.execPath;
/** @param {string} path @param {readonly string[]} args */
const script = (path, ...args) => [node, '--import', 'tsx', join(projectFolder, path), ...args];

/** @type {readonly Part[]} */
const labParts = ['integration', 'e2e', 'bench', 'shell'];
/** @type {readonly Part[]} */
const windowParts = ['e2e', 'bench'];

/** @param {readonly Part[]} chosen @param {readonly string[]} rest @returns {Promise<number>} the exit status */
async function runAll(chosen, rest) {
  /** @param {readonly Part[]} some */
  const wants = (some) => chosen.some((part) => some.includes(part));
  const interactive = wants(['shell']);
  const files = openRunFiles();
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, REGENT_TEST_NOTES: files.notesPath };

  /** Installs what the lab needs. @returns {string | undefined} why there can be no lab */
  function prepareLab() {
    const missing = ensureSystemPackages();
    if (missing.length > 0) files.note(`could not be installed: ${missing.join(' ')}`);
    const fetched = {
      'a newer Docker Engine': ensureNewerEngine,
      BuildKit: ensureBuildkit,
      'Docker Compose': ensureComposePlugin,
    };
    for (const [name, ensure] of Object.entries(fetched)) {
      const why = ensure();
      if (why !== undefined) files.note(`${name}: ${why}`);
    }
    const why = whyNoSandbox();
    if (why !== undefined) files.note(`the lab: ${why}`);
    return why;
  }

  /** Builds and fetches before the sandbox is entered, which has no network. @returns {Promise<boolean>} */
  async function build() {
    const { status } = await runChild(script('main/build/bundle.ts'));
    if (status !== 0) console.error('The build failed; the window and the benchmarks are not run.');
    return status === 0;
  }

  async function findElectron() {
    const ensure = script('main/build/electron-runtime.ts', '--ensure');
    const { status, stdout } = await runChild(ensure, { keepOutput: true });
    if (status === 0) env.REGENT_ELECTRON = JSON.parse(stdout).executablePath;
    else files.note('the window: no Electron runtime could be had');
  }

  const noLab = wants(labParts) ? prepareLab() : undefined;
  const built = wants(labParts) ? await build() : true;
  if (built && wants([...windowParts, 'shell'])) await findElectron();
  const packed = !wants(['e2e']) || noLab !== undefined || (await packForTest(env, rest));
  const benchRows = files.reportPath('bench-rows');
  if (wants(['integration', 'bench'])) env.REGENT_PEER_HELPER = ensurePeerHelper();
  if (wants(['bench'])) env.REGENT_BENCH_ROWS = benchRows;
  const fetchRuntimes = script('main/build/helper-runtime.ts');
  const forSystems = wants(['integration']);
  env.REGENT_HELPER_RUNTIMES = await ensureHelperRuntimes(forSystems, rest, fetchRuntimes);

  /** @param {readonly string[]} argv @returns {Promise<Ended>} */
  function runInLab(argv) {
    if (noLab !== undefined) return runChild(argv, { env });
    const lifeline = needsLifeline() && !interactive;
    return runChild(inSandbox(argv, lifeline), { env, lifeline, interactive });
  }

  /** @param {Part} part @returns {Promise<Tally>} */
  async function runVitest(part) {
    const report = files.reportPath(part);
    const argv = [
      ...[node, join(projectFolder, 'node_modules/vitest/vitest.mjs'), 'run'],
      // The loader that writes no temporary file, which could then belong to root.
      ...['--config', 'test/vitest.config.ts', '--configLoader', 'runner'],
      ...['--project', part, '--passWithNoTests'],
      ...['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`],
      ...rest,
    ];
    const { status } = labParts.includes(part)
      ? await runInLab(argv)
      : await runChild(argv, { env });
    const tally = tallyOf(report, status);
    const none = tally.passed + tally.failed + tally.skipped === 0;
    if (none && rest.length === 0) files.note(`${part}: no tests were found`);
    return tally;
  }

  /** @param {Part} part @returns {Promise<Tally>} */
  async function runPart(part) {
    console.log(`\n== ${part}`);
    if (part !== 'check') return runVitest(part);
    const { status } = await runChild([node, 'test/check/run.mjs']);
    return status === 0 ? nothing : { ...nothing, failed: 1 };
  }

  if (interactive) {
    if (noLab !== undefined) throw new Error(`There is no lab here: ${noLab}`);
    return (await runInLab(script('test/lab/shell.ts', ...rest))).status;
  }
  /** @type {Tally[]} */
  const tallies = built && packed ? [] : [{ ...nothing, failed: 1 }];
  for (const part of chosen) {
    if (built || !windowParts.includes(part)) tallies.push(await runPart(part));
  }
  printBenchTable(benchRows);
  const notes = files.notes();
  if (notes.length > 0) console.log(boxOf(notes));
  // On CI every real part must be there.
  if (notes.length > 0 && env.CI === 'true') tallies.push({ ...nothing, failed: 1 });
  const sum = sumOf(tallies);
  console.log(endOf(sum));
  return sum.failed === 0 ? 0 : 1;
}

await exitWithSentence(async () => {
  const { chosen, rest } = readTestArguments(process.argv.slice(2));
  process.chdir(projectFolder);
  await ensureNodeModules();
  process.exitCode = await runAll(chosen, rest);
});
