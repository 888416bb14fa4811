import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeWithLab,
  type LabEngine,
  type LabRegistry,
  run,
  startEngine,
  startPodman,
  startRegistry,
  startV1Registry,
  type V1Registry,
} from '../../../lab/index.ts';
import { v1Id } from '../../../lab/v1-images.ts';

const program = fileURLToPath(new URL('../../../../main/cli/main.ts', import.meta.url));

describeWithLab(
  'a registry of the first generation, in the terminal',
  ['registry', 'podman', 'engine'],
  () => {
    const home = mkdtempSync(join(tmpdir(), 'v1-home-'));
    let old: V1Registry;
    let today: LabRegistry;
    let engine: LabEngine;
    const regent = (args: readonly string[], input = '') =>
      run([process.execPath, '--import', 'tsx', program, ...args], {
        env: {
          PATH: process.env.PATH,
          HOME: home,
          REGENT_LANG: 'en',
          SSL_CERT_FILE: join(home, 'ca.crt'),
        },
        input,
      });
    const told = async (...args: readonly string[]) => {
      const { status, stdout } = await regent([...args, '--json']);
      return { status, ...JSON.parse(stdout.trim().split('\n').at(-1) ?? '') };
    };

    beforeAll(async () => {
      old = await startV1Registry();
      today = await startRegistry('tls-open');
      engine = await startEngine();
      writeFileSync(join(home, 'ca.crt'), old.caPem + today.caPem);
    });
    afterAll(async () => {
      await old?.stop();
      await today?.stop();
    });

    it('is recognised by the probe', async () => {
      expect(await told('probe', old.address)).toMatchObject({ api: 'v1', auth: null });
      const guarded = await startV1Registry({
        scheme: 'http',
        version: '0.6',
        login: 'ada:secret',
      });
      expect(await told('probe', guarded.address)).toMatchObject({
        ...{ api: 'v1', verdict: 'plain-http', auth: { kind: 'basic' } },
      });
      await guarded.stop();
    });

    it('is listed, described and inspected, with a plain note beside', async () => {
      const ls = await regent(['ls', old.address]);
      expect([ls.status, ls.stdout]).toEqual([0, 'library/app\nteam/tool\n']);
      expect(ls.stderr).toContain('Docker has not spoken to those since version 17.12');
      expect(ls.stderr.match(/first generation/g)).toHaveLength(1);
      const tags = await regent(['tags', `${old.address}/library/app`]);
      expect([tags.status, tags.stderr]).toEqual([0, ls.stderr]);
      expect(tags.stdout).toContain(v1Id('app command').slice(0, 12));
      expect(await told('tags', `${old.address}/library/app:0.9`)).toMatchObject({
        tags: [{ name: '0.9', digest: v1Id('app'), platforms: ['linux/amd64'] }],
      });
      const inspected = await regent(['inspect', `${old.address}/library/app:1.0`]);
      expect([inspected.status, inspected.stderr]).toEqual([0, ls.stderr]);
      expect(inspected.stdout).toContain('echo version one');
      expect(await told('inspect', `${old.address}/library/app:1.0`)).toMatchObject({
        ...{
          status: 0,
          kind: 'v1-image',
          digest: v1Id('app command'),
          referrers: [],
          problem: null,
        },
      });
    });

    it('says where there is no list, and is opened by name', async () => {
      const mute = await startV1Registry({ scheme: 'https', version: '0.8', search: null });
      writeFileSync(join(home, 'ca.crt'), old.caPem + today.caPem + mute.caPem);
      const listed = await told('ls', mute.address);
      expect([listed.status, listed.error.code]).toEqual([1, 'SEARCH_UNAVAILABLE']);
      expect((await told('tags', `${mute.address}/team/tool`)).tags).toHaveLength(1);
      await mute.stop();
    });

    it('says plainly what it cannot do', async () => {
      const name = `${old.address}/library/app:1.0`;
      for (const argv of [
        ['delete', name, '--yes'],
        ['retag', name, '2.0'],
        ['copy', `${today.address}/x:1`, name],
      ]) {
        const { status, error } = await told(...argv);
        if (argv[0] === 'copy') expect([status, error.code]).toEqual([5, 'TAG_NOT_FOUND']);
        else expect([status, error.code]).toEqual([1, 'REGISTRY_IS_V1']);
      }
    });

    it('gives its images to a registry of today, where skopeo and Docker find them', async () => {
      const target = `${today.address}/moved/app:1.0`;
      const copied = await told('copy', `${old.address}/library/app:1.0`, target);
      expect(copied).toMatchObject({ status: 0, kind: 'copy', state: 'done' });
      const back = await told('copy', target, `${old.address}/library/back:1.0`);
      expect([back.status, back.error.code]).toEqual([1, 'REGISTRY_IS_V1']);
      const tools = await startPodman();
      const source = `docker://${target}`;
      const seen = await tools.skopeo(['inspect', '--tls-verify=false', source]);
      expect(JSON.parse(seen.stdout)).toMatchObject({
        Digest: copied.digest,
        Architecture: 'amd64',
      });
      const files = await told('files', target);
      expect(files.status).toBe(0);
    });

    it('gives archives that Docker and podman load', async () => {
      const path = join(home, 'app.tar');
      const argv = ['save', `${old.address}/library/app:1.0`, '-o', path];
      const saved = await told(...argv, '--format', 'docker-archive');
      expect(saved).toMatchObject({ status: 0, kind: 'save', state: 'done' });
      expect(existsSync(path)).toBe(true);
      const tools = await startPodman();
      const loaded = await tools.podman(['load', '-i', path]);
      expect([loaded.status, loaded.stdout]).toEqual([
        0,
        expect.stringContaining('library/app:1.0'),
      ]);
      const docker = await engine.docker(['load', '-i', path]);
      expect([docker.status, docker.stdout]).toEqual([0, expect.stringContaining('Loaded image')]);
    });
  },
);
