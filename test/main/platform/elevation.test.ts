import { describe, expect, it } from 'vitest';
import { createElevation } from '../../../main/platform/elevation.ts';
import type { ProcessResult, RunOptions, RunProcess } from '../../../main/platform/run-process.ts';

const program = { node: '/opt/node', script: '/opt/regent/elevated.mjs', code: null };
const ok: ProcessResult = { status: 0, stdout: '{"ok":true}', stderr: '' };
const missing = Object.assign(new Error('spawn'), { code: 'ENOENT' });
const status = (code: number): ProcessResult => ({ status: code, stdout: '', stderr: '' });

interface Call {
  readonly line: string;
  readonly options: RunOptions | undefined;
}

/** A machine where each way up ends as given: `sudo -n`, `sudo`, `pkexec`; not there when not given. */
function machine(ends: Readonly<Record<string, ProcessResult>>) {
  const calls: Call[] = [];
  const run: RunProcess = async (file, args, options) => {
    calls.push({ line: [file, ...args].join(' '), options });
    const way = `${file.slice('/usr/bin/'.length)}${args[0] === '-n' ? ' -n' : ''}`;
    const end = ends[way];
    if (!end) throw missing;
    return end;
  };
  const up = (terminal: boolean, env: NodeJS.ProcessEnv = {}) =>
    createElevation({ program, run, env, terminal })('{"verb":"x"}', 'do it by hand');
  return { calls, run, up, ways: () => calls.map(({ line }) => line.split(' /opt')[0]) };
}

const graphical = { DISPLAY: ':0' };

describe('the way up to root', () => {
  it('hands over the request on stdin and arguments as a list', async () => {
    const { up, calls } = machine({ pkexec: ok });
    expect(await up(false, graphical)).toBe(ok.stdout);
    expect(calls).toEqual([
      {
        line: '/usr/bin/pkexec --disable-internal-agent /opt/node /opt/regent/elevated.mjs',
        options: { input: '{"verb":"x"}', onTerminal: false },
      },
    ]);
  });

  it('asks in a window where there are windows, in the terminal where there is one', async () => {
    const everything = { 'sudo -n': status(1), sudo: ok, pkexec: ok };
    const window = machine(everything);
    await window.up(false, graphical);
    expect(window.ways()).toEqual(['/usr/bin/pkexec --disable-internal-agent']);
    const terminal = machine(everything);
    await terminal.up(true, graphical);
    expect(terminal.ways()).toEqual(['/usr/bin/sudo -n --', '/usr/bin/sudo --']);
    expect(terminal.calls[1]?.options?.onTerminal).toBe(true);
  });

  it('asks nobody where nobody could answer', async () => {
    const { up, ways } = machine({ 'sudo -n': status(1), sudo: ok, pkexec: status(127) });
    await expect(up(false)).rejects.toMatchObject({
      code: 'ELEVATION_UNAVAILABLE',
      data: { command: 'do it by hand' },
    });
    expect(ways()).toEqual(['/usr/bin/sudo -n --', '/usr/bin/pkexec --disable-internal-agent']);
  });

  it.each([
    ['the window was dismissed', false, { pkexec: status(126), 'sudo -n': ok }],
    ['the window said no', false, { pkexec: status(127), 'sudo -n': ok }],
    ['the password was wrong', true, { 'sudo -n': status(1), sudo: status(1), pkexec: ok }],
  ])('takes a no for a no: %s', async (_, terminal, ends) => {
    const { up } = machine(ends);
    await expect(up(terminal, graphical)).rejects.toMatchObject({ code: 'ELEVATION_DENIED' });
  });

  it('goes the other way where a program is missing', async () => {
    expect(await machine({ 'sudo -n': ok }).up(false, graphical)).toBe(ok.stdout);
    expect(await machine({ pkexec: ok }).up(true)).toBe(ok.stdout);
    await expect(machine({}).up(true)).rejects.toMatchObject({ code: 'ELEVATION_UNAVAILABLE' });
  });

  it('says what the step said when it broke', async () => {
    const broken = { status: 1, stdout: '', stderr: 'warning\nCannot find module x\n' };
    await expect(machine({ pkexec: broken }).up(false, graphical)).rejects.toMatchObject({
      code: 'ELEVATION_FAILED',
      data: { detail: 'Cannot find module x' },
    });
  });

  it('hands over the step itself where others could change its file, with the request in front', async () => {
    const { run, calls } = machine({ pkexec: ok });
    const handed = { ...program, code: 'step();' };
    const elevate = createElevation({ program: handed, run, env: graphical, terminal: false });
    expect(await elevate('{"verb":"x"}', 'do it by hand')).toBe(ok.stdout);
    expect(calls).toEqual([
      {
        line: '/usr/bin/pkexec --disable-internal-agent /opt/node --input-type=module -',
        options: {
          input: 'globalThis.regentRequest = "{\\"verb\\":\\"x\\"}";\nstep();',
          onTerminal: false,
        },
      },
    ]);
  });

  it('is closed where nothing can run the step', async () => {
    const { run } = machine({ pkexec: ok });
    const elevate = createElevation({ program: null, run, env: graphical, terminal: false });
    await expect(elevate('', 'x')).rejects.toMatchObject({ code: 'ELEVATION_UNAVAILABLE' });
  });
});
