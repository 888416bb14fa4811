import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createUser,
  describeWithLab,
  type LabPodman,
  type LabRegistry,
  runOrThrow,
  type SeededImages,
  seedImages,
  startPodman,
  startRegistry,
} from '../lab/index.ts';
import { errorCodeOf, openTerminal, type Terminal } from './terminal.ts';

describeWithLab('saving and copying in the terminal', ['registry', 'podman', 'busybox'], () => {
  let registry: LabRegistry;
  let images: SeededImages;
  let terminal: Terminal;
  let tools: LabPodman;
  let folder: string;
  let trusting: { readonly SSL_CERT_FILE: string };

  beforeAll(async () => {
    registry = await startRegistry('tls-open');
    images = await seedImages(registry);
    terminal = await openTerminal(await createUser());
    tools = await startPodman();
    folder = join(terminal.env.HOME ?? '', 'images');
    mkdirSync(folder);
    const { uid, gid } = terminal.user;
    await runOrThrow(['chown', `${uid}:${gid}`, folder]);
    trusting = { SSL_CERT_FILE: join(folder, '../ca.crt') };
    writeFileSync(trusting.SSL_CERT_FILE, registry.caPem);
  });
  afterAll(() => registry?.stop());

  const regent = (...args: readonly string[]) => terminal.regent(args, '', trusting);
  const lastOf = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

  it('saves what skopeo reads, and tells its digest last', async () => {
    const name = `${registry.address}/team/multi:1.0`;
    const path = join(folder, 'multi');
    const saved = await regent('save', name, '-o', path, '--json');
    expect([saved.status, saved.stderr]).toEqual([0, '']);
    const { digest } = images['team/multi:1.0'];
    expect(lastOf(saved.stdout)).toMatchObject({ kind: 'save', state: 'done', digest });
    const seen = await tools.skopeo(['inspect', '--raw', `oci:${path}:1.0`]);
    expect([seen.status, seen.stderr]).toEqual([0, '']);
    expect((await regent('save', name, '-o', path)).stdout).toContain('was saved already');
    const missing = join(folder, 'missing');
    const absent = await regent('save', `${name}-no`, '-o', missing, '--json');
    expect([absent.status, lastOf(absent.stdout)]).toMatchObject([
      ...[5, { error: { code: 'TAG_NOT_FOUND' } }],
    ]);
    expect(existsSync(missing)).toBe(false);
    const taken = await regent('save', name, '-o', folder, '--json');
    expect(lastOf(taken.stdout)).toMatchObject({ error: { code: 'SAVE_PATH_TAKEN' } });
  });

  it('copies to another repository', async () => {
    const [from, to] = ['team/big:1.0', 'mirror/big'].map((name) => `${registry.address}/${name}`);
    const copied = await regent('copy', from ?? '', to ?? '', '--json');
    expect([copied.status, copied.stderr]).toEqual([0, '']);
    const { digest } = images['team/big:1.0'];
    expect(lastOf(copied.stdout)).toMatchObject({ kind: 'copy', state: 'done', digest });
    const seen = await tools.skopeo(['inspect', '--tls-verify=false', `docker://${to}:1.0`]);
    expect(JSON.parse(seen.stdout)).toMatchObject({ Digest: digest });
    expect(errorCodeOf(await regent('copy', from ?? '', `${to}@${digest}`, '--json'))).toBe(
      'REFERENCE_INVALID',
    );
  });
});
