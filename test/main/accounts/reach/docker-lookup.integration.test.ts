import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithLab, labFolder, run } from '../../../lab/index.ts';
import { HUB, lookupRows } from './lookup-rows.ts';
import { type RecordingEngine, type SentLogin, startRecordingEngine } from './recording-engine.ts';

/** Whose login was sent, in the words of the rows: that of a helper, that of the file, or none. */
function sourceOf({ username = '', password = '', identitytoken = '' }: SentLogin) {
  const [, helper] = /^from-(\w+)$/.exec(username) ?? [];
  if (helper !== undefined) return { kind: 'helper', helper };
  const isFiles = (username === 'ada' && password === 'secret') || identitytoken === 't';
  return { kind: isFiles ? 'plaintext' : 'nothing' };
}

describeWithLab('the docker CLI itself', ['engine'], () => {
  let engine: RecordingEngine;
  let home: string;

  beforeAll(async () => {
    engine = await startRecordingEngine();
    home = mkdtempSync(join(labFolder, 'lookup-'));
    for (const name of ['x', 'y']) {
      const file = join(home, `docker-credential-${name}`);
      const login = `{"Username":"from-${name}","Secret":"s"}`;
      writeFileSync(file, `#!/bin/sh\ncat >/dev/null\necho '${login}'\n`);
      chmodSync(file, 0o755);
    }
    mkdirSync(join(home, '.docker'));
  });
  afterAll(async () => {
    await engine.stop();
    rmSync(home, { recursive: true });
  });

  describe('looks for a login', () => {
    it.each(lookupRows)('%s', async (_, config, key, expected) => {
      const text = typeof config === 'string' ? config : JSON.stringify(config);
      writeFileSync(join(home, '.docker', 'config.json'), text);
      const image = key === HUB ? 'team/hello' : `${key}/team/hello`;
      const env = { HOME: home, PATH: `${home}:${process.env.PATH}`, DOCKER_HOST: engine.host };
      expect(await run(['docker', 'pull', image], { env })).toMatchObject({
        status: 0,
        stderr: '',
      });
      expect(engine.take().map(sourceOf)).toEqual([expected]);
    });
  });
});
