import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Unpacks packages of another Debian suite than the system's into a folder, without their dependencies. Neither the
 * system nor apt's own lists are touched, no root is needed; apt checks signatures as always. What went wrong is shown.
 * @param {string} suite such as `sid`
 * @param {readonly string[]} packages @param {string} work an empty folder for what is downloaded
 * @returns {{ unpacked: string } | { why: string }} the folder, below `work`, or why there is none, in one line
 */
export function unpackFromSuite(suite, packages, work) {
  if (!existsSync('/usr/bin/apt-get') || !existsSync(keyring)) {
    return { why: 'it needs Debian’s apt-get' };
  }
  const apt = aptIn(work, suite);
  if (!apt(['update'])) return { why: `the package lists of Debian’s ${suite} could not be read` };
  if (!apt(['download', ...packages])) return { why: 'its packages could not be downloaded' };
  const unpacked = join(work, 'unpacked');
  for (const archive of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
    if (!works('/usr/bin/dpkg', ['-x', archive, unpacked], work)) {
      return { why: `${archive} is broken` };
    }
  }
  return { unpacked };
}

/**
 * apt-get with sources, lists and cache of its own.
 * @param {string} work @param {string} suite @returns {(args: readonly string[]) => boolean} whether it worked
 */
function aptIn(work, suite) {
  for (const folder of ['sources', 'lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  const stanza = ['Types: deb', `URIs: ${mirror()}`, `Suites: ${suite}`, 'Components: main'];
  writeFileSync(
    join(work, 'sources', `${suite}.sources`),
    `${[...stanza, `Signed-By: ${keyring}`].join('\n')}\n`,
  );
  const settings = [
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::Etc::sourceparts=${join(work, 'sources')}`,
    `Dir::State::lists=${join(work, 'lists')}`,
    `Dir::Cache=${join(work, 'cache')}`,
    // The folder is the user's: apt's own user may not be able to write into it.
    'APT::Sandbox::User=',
    'Acquire::Retries=3',
    // A mirror that does not answer is an error, too.
    'APT::Update::Error-Mode=any',
    'Acquire::Languages=none',
  ];
  const options = settings.flatMap((setting) => ['-o', setting]);
  return (args) => works('/usr/bin/apt-get', ['-qq', ...options, ...args], work);
}

/** The mirror that this machine gets its own packages from. @returns {string} a URL; empty when apt names none, which apt then says */
function mirror() {
  const [, codename = ''] = /^VERSION_CODENAME=(.*)$/m.exec(readText('/etc/os-release')) ?? [];
  const format = '$(RELEASE) $(COMPONENT) $(REPO_URI)';
  const { stdout } = spawnSync('/usr/bin/apt-get', ['indextargets', '--format', format], {
    encoding: 'utf8',
  });
  const rows = (stdout ?? '').split('\n').map((line) => line.split(' '));
  const own = rows.find(([release, component]) => release === codename && component === 'main');
  return own?.[2] ?? '';
}

/** @param {string} path */
const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/**
 * Runs a program quietly; what it said is shown only when it failed.
 * @param {string} command @param {readonly string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} [env]
 * @returns {boolean} whether it worked
 */
export function works(command, args, cwd, env) {
  const options = /** @type {const} */ ({ cwd, env, encoding: 'utf8', maxBuffer: 64 << 20 });
  const { status, stdout, stderr } = spawnSync(command, args, options);
  if (status === 0) return true;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  return false;
}
