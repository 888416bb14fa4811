import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { buildTarget } from '../../../main/build/build-target.ts';
import { makeHelperExecutable } from '../../../main/build/helper-executable.ts';
import { helperSystems } from '../../../main/build/helper-runtime.ts';
import { deafTo } from '../../../main/build/quiet-runtime.ts';
import { helperExecutable } from '../../../main/build/targets.ts';
import { describeUnless, labFolder } from '../../lab/index.ts';
import { checkMachOSignature } from './mach-o.ts';

const why =
  process.env.REGENT_HELPER_RUNTIMES === '1'
    ? undefined
    : 'the runtimes of other systems could not be had';

const ELF_MACHINES = { x64: 62, arm64: 183 } as const;
const MACH_O_PROCESSORS = { x64: 0x01000007, arm64: 0x0100000c } as const;
const PE_MACHINES = { x64: 0x8664, arm64: 0xaa64 } as const;

/** The system that a program's or module's own header names. */
function systemOf(file: Buffer): string {
  const named = (machines: Readonly<Record<string, number>>, machine: number) =>
    Object.keys(machines).find((arch) => machines[arch] === machine);
  if (file.toString('latin1', 0, 4) === '\x7fELF') {
    return `linux-${named(ELF_MACHINES, file.readUInt16LE(18))}`;
  }
  if (file.readUInt32LE(0) === 0xfeedfacf) {
    return `darwin-${named(MACH_O_PROCESSORS, file.readUInt32LE(4))}`;
  }
  const pe = file.readUInt32LE(0x3c);
  if (file.toString('latin1', pe, pe + 4) === 'PE\0\0') {
    return `win32-${named(PE_MACHINES, file.readUInt16LE(pe + 4))}`;
  }
  return 'unknown';
}

describeUnless(why, 'the standalone helper of every system', () => {
  const folders: string[] = [];
  // A hundred megabytes each.
  afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

  it.each(helperSystems)('is made here for $platform-$arch', async (system) => {
    const folder = await mkdtemp(join(labFolder, 'helper-systems-'));
    folders.push(folder);
    const said: string[] = [];
    const files = await makeHelperExecutable({ folder, system, say: (line) => said.push(line) });
    expect(said).toEqual([]);
    const exe = system.platform === 'win32' ? '.exe' : '';
    expect(files).toEqual([
      join(folder, `docker-credential-regent${exe}`),
      join(folder, 'keytar.node'),
    ]);
    const [program = Buffer.alloc(0), module = Buffer.alloc(0)] = await Promise.all(
      files.map((file) => readFile(file)),
    );
    const name = `${system.platform}-${system.arch}`;
    expect([systemOf(program), systemOf(module)]).toEqual([name, name]);

    // The very program is in it, and nothing that takes code from the environment.
    const bundle = await buildTarget(helperExecutable);
    const text = bundle.map(({ content }) => Buffer.from(content).toString()).join('');
    const words = 'credentials not found in native keychain';
    expect([text.includes(words), program.includes(words)]).toEqual([true, true]);
    expect(deafTo.filter((variable) => program.includes(variable))).toEqual([]);
    // macOS on Apple's processors starts nothing whose signature is not of these bytes.
    if (name === 'darwin-arm64') expect(checkMachOSignature(program)).toBeGreaterThan(1000);
  });
});
