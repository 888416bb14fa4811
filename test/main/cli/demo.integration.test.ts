import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeWithLab,
  type LabKeychain,
  run,
  sharedEngine,
  startKeychain,
} from '../../lab/index.ts';

const program = fileURLToPath(new URL('../../../main/cli/main.ts', import.meta.url));

interface Demo {
  readonly ok: boolean;
  readonly address: string;
  readonly steps: readonly { readonly id: string; readonly status: string }[];
}

describeWithLab('regent demo on real parts', ['engine', 'keychain'], () => {
  let keychain: LabKeychain;
  const home = mkdtempSync(join(tmpdir(), 'demo-home-'));
  const regent = (args: readonly string[], env: NodeJS.ProcessEnv) =>
    run([process.execPath, '--import', 'tsx', program, ...args], {
      env: { PATH: process.env.PATH, HOME: home, REGENT_LANG: 'en', ...env },
      input: '',
    });
  const demoWith = async (env: NodeJS.ProcessEnv) => {
    const { status, stdout, stderr } = await regent(['demo', '--json'], env);
    expect([status, stderr]).toEqual([0, '']);
    const demo = JSON.parse(stdout) as Demo;
    return { demo, steps: Object.fromEntries(demo.steps.map(({ id, status }) => [id, status])) };
  };

  beforeAll(async () => {
    keychain = await startKeychain();
  });
  afterAll(async () => {
    await keychain?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('pulls with a real engine, keeps the login in a real keychain, and leaves neither trust nor account', async () => {
    const engine = await sharedEngine();
    const env = { ...keychain.env, DOCKER_HOST: `unix://${engine.socketPath}` };
    const { demo, steps } = await demoWith(env);
    expect(steps).toMatchObject({ 'sign-in': 'done', proof: 'attention', pull: 'done' });
    const image = `${demo.address}/demo/web:latest`;
    const listed = await engine.docker(['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}']);
    expect(listed.stdout).toContain(image);
    const removed = await engine.docker(['rmi', image]);
    expect(removed.status).toBe(0);
    expect((await regent(['trust', 'list', '--json'], env)).stdout).toBe('{"entries":[]}\n');
    expect((await regent(['accounts', '--json'], env)).stdout).toBe('{"accounts":[]}\n');
  });

  it('browses with no engine and no keychain', async () => {
    const { steps } = await demoWith({ DOCKER_HOST: 'unix:///nowhere.sock' });
    expect(steps).toMatchObject({ 'sign-in': 'attention', tags: 'done', pull: 'skipped' });
  });
});
