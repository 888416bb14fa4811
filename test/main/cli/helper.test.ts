import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { HelperStatus } from '../../../shared/model/helper-status.ts';
import { helperOf } from './account-samples.ts';
import { documentOf, regent } from './fake-terminal.ts';
import { ADDRESS } from './samples.ts';

const config = '/home/a/.docker/config.json';
const problem = { code: 'HELPER_NOT_ON_PATH', data: { directory: '/home/a/bin' } } as const;

function helped(before: HelperStatus, after: HelperStatus = before) {
  const asked: unknown[] = [];
  const note = (wish: unknown) => {
    asked.push(wish);
    return after;
  };
  const accounts = {
    helperStatus: () => before,
    helperInstall: note,
    helperRepair: note,
    helperUninstall: note,
  };
  const call = (...words: readonly string[]) =>
    regent(['helper', ...words], { handlers: { accounts } });
  return { asked, call };
}

describe('regent helper', () => {
  const document = z.looseObject({
    installed: z.boolean(),
    path: z.string().nullable(),
    routes: z.array(z.string()),
    problems: z.array(z.object({ code: z.string(), message: z.string(), fix: z.string() })),
  });

  it.each(['install', 'uninstall', 'status', 'repair'])('%s prints how it stands', async (word) => {
    const run = await helped(helperOf({ routes: [ADDRESS] })).call(word, '--json');
    expect(run.status).toBe(0);
    expect(document.parse(documentOf(run))).toMatchObject({ installed: true, routes: [ADDRESS] });
  });

  it('says what was done, or how it is where only that was asked', async () => {
    const gone = helperOf({ installed: false, path: null });
    const { call } = helped(helperOf());
    expect((await call('install')).stdout).toContain('✓ The credential helper was installed');
    expect((await call('uninstall')).stdout).toContain('! Not all');
    expect((await call('repair')).stdout).toContain('✓ Nothing is broken');
    const away = helped(gone).call;
    expect((await away('uninstall')).stdout).toContain('✓ The credential helper was removed');
    expect((await away('status')).stdout).toContain('is not installed');
  });

  it('fails where the change does not help yet, and only tells where it was asked', async () => {
    const { call } = helped(helperOf({ problems: [problem] }));
    const install = await call('install');
    expect(install.status).toBe(1);
    expect(install.stdout).toContain('\n  export PATH="/home/a/bin:$PATH"\n');
    expect((await call('status')).status).toBe(0);
    expect(document.parse(documentOf(await call('status', '--json'))).problems).toEqual([
      expect.objectContaining({ code: 'HELPER_NOT_ON_PATH' }),
    ]);
  });

  it('installs for all registries, for those named, or as the default', async () => {
    const { asked, call } = helped(helperOf());
    await call('install');
    await call('install', `https://${ADDRESS}/v2/`, 'docker.io');
    await call('install', '--default');
    expect(asked).toEqual([{}, { addresses: [ADDRESS, 'docker.io'] }, { asDefault: true }]);
  });

  it('shows for each registry who finds its login', async () => {
    const reach = [
      { address: ADDRESS, program: 'docker', finds: 'regent', helper: null },
      { address: ADDRESS, program: 'podman', finds: 'plaintext', helper: null },
      { address: 'docker.io', program: 'docker', finds: 'other-helper', helper: 'desktop' },
      { address: 'docker.io', program: 'podman', finds: 'nothing', helper: null },
    ] as const;
    const { stdout } = await helped(helperOf({ reach, isDefault: true })).call('status');
    const lines = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(lines).toContainEqual(['docker', 'podman']);
    expect(lines).toContainEqual([ADDRESS, 'Regent', 'plain text']);
    expect(lines).toContainEqual(['docker.io', 'docker-credential-desktop', 'nothing']);
    expect(lines).toContainEqual(['Registries', 'all others']);
  });
});

describe('regent helper repair', () => {
  const repairs = [
    { kind: 'put-helper', path: '/home/a/bin/docker-credential-regent' },
    { kind: 'change-route', path: config, key: ADDRESS, from: 'desktop', to: 'regent' },
    { kind: 'change-route', path: config, key: 'quay.io', from: 'pass', to: 'none' },
    { kind: 'add-route', path: '/home/a/.config/containers/auth.json', key: ADDRESS },
    { kind: 'drop-default', path: config, from: 'desktop' },
  ] as const;
  const broken = helperOf({ problems: [problem], repairs });

  it('is what the state leads to', async () => {
    const { stdout } = await helped(broken).call('status');
    expect(stdout).toContain('`regent helper repair` would do this:');
    const regent = `ask Regent about ${ADDRESS}`;
    expect(stdout).toContain(`${regent}, no longer docker-credential-desktop, which is gone`);
    expect(stdout).toContain('that asks docker-credential-pass, which is gone, about quay.io');
    expect(stdout).toContain(`${regent}, for podman`);
    expect(stdout).toContain('docker-credential-desktop as the default helper, which is gone');
  });

  it('shows what it does, and does it', async () => {
    const { asked, call } = helped(broken, helperOf());
    const run = await call('repair');
    expect([run.status, asked.length]).toEqual([0, 1]);
    expect(run.stdout).toContain('put docker-credential-regent back');
    expect(run.stdout).toContain('✓ What was broken is mended.');
  });

  it('changes nothing when only asked', async () => {
    const { asked, call } = helped(broken);
    expect((await call('repair', '--dry-run')).stdout).toContain('Nothing was changed.');
    expect(documentOf(await call('repair', '--dry-run', '--json'))).toEqual({
      dryRun: true,
      repairs,
    });
    expect(asked).toEqual([]);
  });

  it('fails where something stays broken', async () => {
    const run = await helped(broken).call('repair');
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('! Not everything could be mended.');
  });
});
