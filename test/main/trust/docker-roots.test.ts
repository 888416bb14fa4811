import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDockerRoots } from '../../../main/trust/docker-roots.ts';
import { readSystemRoots, rememberSystemRoots } from '../../../main/trust/go-system-roots.ts';
import { type Made, makeCa } from './make-certificate.ts';

describe('what Docker accepts', () => {
  const [inFile, inFolder, own, foreign] = [makeCa(), makeCa(), makeCa(), makeCa()];
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'roots-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const at = (path: string) => join(root, path);
  const has = async (made: Made) =>
    (await readDockerRoots('reg.test:5000', { root }, async () => [])).has(made.cert);

  it('is the first system file that can be read, and every file of the folders', async () => {
    put('second.pem', `# comment\n${inFile.pem}${own.pem}`);
    put('third.pem', foreign.pem);
    put('certs/a.0', inFolder.pem);
    put('certs/b.pem', inFile.pem);
    const files = ['first.pem', 'second.pem', 'third.pem'].map(at);
    const roots = await readSystemRoots({ files, folders: [at('certs'), at('none')] });
    expect(roots.map((der) => Buffer.from(der).toString('base64')).sort()).toEqual(
      [inFile, own, inFolder].map(({ der }) => Buffer.from(der).toString('base64')).sort(),
    );
  });

  it('is read anew once a file or folder of the system has changed', async () => {
    put('certs/a.0', inFolder.pem);
    const read = rememberSystemRoots({ files: [at('first.pem')], folders: [at('certs')] });
    const before = await read();
    expect(before).toHaveLength(1);
    expect(await read()).toBe(before);
    put('first.pem', inFile.pem);
    expect(await read()).toHaveLength(2);
    put('certs/b.0', own.pem);
    expect(await read()).toHaveLength(3);
  });

  it('is nothing where there is no system store', async () => {
    expect(await readSystemRoots({ files: [at('x')], folders: [at('y')] })).toEqual([]);
  });

  it('is every .crt in the folder of this very address', async () => {
    put('etc/docker/certs.d/reg.test:5000/ca.crt', own.pem);
    put(
      'etc/docker/certs.d/reg.test:5000/bundle.crt',
      `text\r\n${inFile.pem.replaceAll('\n', '\r\n')}`,
    );
    put('etc/docker/certs.d/reg.test:5000/junk.crt', 'junk');
    put('etc/docker/certs.d/reg.test:5000/x.pem', foreign.pem);
    put('etc/docker/certs.d/reg.test:5000/x.CRT', foreign.pem);
    put('etc/docker/certs.d/reg.test/ca.crt', foreign.pem);
    mkdirSync(at('etc/docker/certs.d/reg.test:5000/folder.crt'));
    expect(await has(own)).toBe(true);
    expect(await has(inFile)).toBe(true);
    expect(await has(foreign)).toBe(false);
  });

  it('is not what Docker can’t read: a byte order mark before the first block', async () => {
    put('etc/docker/certs.d/reg.test:5000/ca.crt', `\ufeff${own.pem}`);
    expect(await has(own)).toBe(false);
  });
});
