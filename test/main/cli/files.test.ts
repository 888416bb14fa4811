import { describe, expect, it } from 'vitest';
import type { Handlers } from '../../../shared/contract/handlers.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import type { FileChange, ImageComparison } from '../../../shared/model/image-comparison.ts';
import type { ImageDetails, ImageFacts } from '../../../shared/model/image-details.ts';
import type { LayerFile } from '../../../shared/model/layer-file.ts';
import { documentOf, documentsOf, regent } from './fake-terminal.ts';
import { ADDRESS } from './samples.ts';

const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`;
const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const layer = (digit: string, size: number) => ({
  ...{ digest: digestOf(digit), size, createdBy: `RUN ${digit}`, foreign: false, mediaType: 'x' },
});
const image: ImageFacts = {
  ...{ digest: digestOf('a'), mediaType, platform: 'linux/arm64', size: 4_000_000, author: null },
  ...{ created: null, configDigest: null, config: null, history: [] },
  layers: [layer('1', 3_000_000), layer('2', 1_000_000)],
};
const details: ImageDetails = {
  ...{ digest: digestOf('d'), mediaType, kind: 'multi-platform', detail: null, platforms: [] },
  ...{ storedSize: null, image, subject: null, annotations: [], manifest: '{}', warnings: [] },
};
const entry = (path: string, more: Partial<LayerFile> = {}): LayerFile => ({
  ...{ path, kind: 'file', size: 1234, mode: 0o644, uid: 0, gid: 0, target: null },
  ...{ modified: '2026-01-02T03:04:05.000Z', layer: digestOf('1'), ...more },
});
const all = [
  entry('etc', { kind: 'folder', mode: 0o755, size: 0 }),
  entry('etc/passwd'),
  entry('etc/mtab', { kind: 'link', mode: 0o777, size: 0, target: '../proc/mounts' }),
  entry('su', { mode: 0o4755, uid: 1000, gid: 1000, modified: null }),
  entry('sudo', { kind: 'hard-link', size: 0, target: 'su' }),
  entry('gone', { kind: 'removed', size: 0 }),
];

type Repositories = Handlers['repositories'];
const world = (more: Partial<Repositories>, rest: Partial<Repositories> = {}) => ({
  handlers: { repositories: { inspect: () => details, ...more, ...rest } },
});
const REF = `${ADDRESS}/team/app:1.0`;

describe('regent files', () => {
  const asked: unknown[] = [];
  const holding = world({
    files: async function* (input) {
      asked.push(input);
      yield { type: 'progress', done: 1, total: 2 };
      yield { type: 'files', files: all };
    },
  });

  it('lists the files as tar does', async () => {
    const run = await regent(['files', REF], holding);
    expect(run.status).toBe(0);
    expect(run.stdout.split('\n').slice(0, -1)).toEqual([
      'drwxr-xr-x 0/0                0 2026-01-02 03:04 etc/',
      '-rw-r--r-- 0/0             1234 2026-01-02 03:04 etc/passwd',
      'lrwxrwxrwx 0/0                0 2026-01-02 03:04 etc/mtab -> ../proc/mounts',
      '-rwsr-xr-x 1000/1000       1234                  su',
      'hrw-r--r-- 0/0                0 2026-01-02 03:04 sudo => su',
      'xrw-r--r-- 0/0                0 2026-01-02 03:04 gone (removed)',
    ]);
    const [address, repository] = [ADDRESS, 'team/app'];
    expect(asked.at(-1)).toEqual({ address, repository, digest: image.digest });
  });

  it('lists one layer by the beginning of its digest, filtered, an object a line', async () => {
    const argv = ['files', REF, '--layer', '2222', '--filter', 'ETC/', '--json'];
    const run = await regent(argv, holding);
    expect(documentsOf(run).map(({ path }) => path)).toEqual(['etc/passwd', 'etc/mtab']);
    expect(asked.at(-1)).toMatchObject({ layer: digestOf('2') });
    const none = await regent(['files', REF, '--layer', 'f00'], holding);
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('no files to look at')]);
  });

  it('says that there is more', async () => {
    const cut = world({
      files: async function* () {
        yield { type: 'files', files: all.slice(0, 1) };
        yield { type: 'limit', entries: 1 };
      },
    });
    const run = await regent(['files', REF], cut);
    expect([run.status, run.stderr]).toEqual([1, 'There is more: reading stopped after 1 file.\n']);
  });

  it('says whose files nobody can read, but not of one layer', async () => {
    const kept = image.layers.map((one) => ({ ...one, foreign: one.digest === digestOf('1') }));
    const windows = world(holding.handlers.repositories, {
      inspect: () => ({ ...details, image: { ...image, layers: kept } }),
    });
    const run = await regent(['files', REF], windows);
    const words = '1 layer is kept elsewhere; its files are not read.\n';
    expect([run.status, run.stderr]).toEqual([0, words]);
    expect((await regent(['files', REF, '--layer', '2222'], windows)).stderr).toBe('');
  });

  it('says so where there is no image', async () => {
    const run = await regent(
      ['files', REF],
      world({}, { inspect: () => ({ ...details, image: null }) }),
    );
    expect([run.status, run.stderr]).toEqual([1, expect.stringContaining('no files to look at')]);
  });
});

describe('regent cat', () => {
  const path = 'etc/passwd';
  const text = world({
    file: (input) => ({ path: input.path, size: 9, text: 'a\u001b[2Jb\n', truncated: true }),
    fileBytes: async function* () {
      yield { base64: Buffer.from('a\u001b[2J').toString('base64') };
      yield { base64: Buffer.from('b\n').toString('base64') };
    },
  });

  it('prints all bytes into a pipe, and clean text where a person looks', async () => {
    const piped = await regent(['cat', REF, path], text);
    expect([piped.status, piped.stdout]).toEqual([0, 'a\u001b[2Jb\n']);
    const seen = await regent(['cat', REF, path], { ...text, tty: true });
    expect([seen.status, seen.stdout]).toEqual([0, 'ab\n']);
    expect(seen.stderr).toContain('There is more of it.');
    const json = await regent(['cat', REF, path, '--json'], text);
    expect(documentOf(json)).toMatchObject({ path, truncated: true });
  });

  it('shows nobody what is no text', async () => {
    const binary = world({ file: () => ({ path, size: 9, text: null, truncated: false }) });
    const run = await regent(['cat', REF, path], { ...binary, tty: true });
    expect([run.status, run.stdout, run.stderr]).toEqual([
      ...[1, '', 'This file is no text. Write it into a file instead: > FILE\n'],
    ]);
  });

  it('fails as the file does', async () => {
    const missing = world({
      fileBytes: async function* () {
        yield { base64: '' };
        throw new RegentError('IMAGE_FILE_NOT_FOUND', { path });
      },
    });
    expect((await regent(['cat', REF, path], missing)).status).toBe(5);
  });
});

describe('regent diff', () => {
  const comparison: ImageComparison = {
    shared: [layer('1', 3_000_000)],
    onlyLeft: [layer('2', 1_000_000)],
    onlyRight: [layer('3', 2_000_000)],
    toFetch: 2_000_500,
    config: [
      { name: 'env PATH', left: '/bin', right: '/usr/bin' },
      { name: 'label a', left: null, right: 'x' },
    ],
  };
  const files: FileChange[] = [
    { path: 'new', left: null, right: entry('new') },
    { path: 'old', left: entry('old', { kind: 'folder' }), right: null },
    { path: 'same', left: entry('same'), right: entry('same', { size: 2_000 }) },
  ];
  const packages = [
    { name: 'bash', left: '5.1', right: '5.2' },
    { name: 'zlib', left: null, right: '1' },
  ];
  const two = world({
    compare: () => comparison,
    compareFiles: async function* () {
      yield { type: 'progress', done: 1, total: 2 };
      yield { type: 'files', files };
      yield { type: 'packages', packages, unread: ['rpm'] };
    },
  });
  const argv = ['diff', REF, `${ADDRESS}/team/app:2.0`];

  it('says whose files were not compared', async () => {
    const shared = comparison.shared.map((one) => ({ ...one, foreign: true }));
    const other = world(two.handlers.repositories, { compare: () => ({ ...comparison, shared }) });
    const { stdout } = await regent([...argv, '--files'], other);
    expect(stdout).toContain('1 layer is kept elsewhere; its files are not read.\n');
    expect((await regent([...argv, '--files'], two)).stdout).not.toContain('elsewhere');
  });

  it('tells layers and config apart', async () => {
    const run = await regent(argv, two);
    expect(run.status).toBe(0);
    expect(run.stdout.split('\n').slice(0, -1)).toEqual([
      '1 layer in common, 3 MB',
      '-  222222222222  1 MB  RUN 2',
      '+  333333333333  2 MB  RUN 3',
      'To fetch for the second image with the first one at hand: 2 MB',
      'environment variable PATH',
      '  - /bin',
      '  + /usr/bin',
      'label a',
      '  + x',
    ]);
  });

  it('tells files and packages apart when asked', async () => {
    const { stdout } = await regent([...argv, '--files'], two);
    expect(stdout.split('\n').slice(9, -1)).toEqual([
      '2 packages differ',
      '~  bash  5.1 → 5.2',
      '+  zlib  1',
      'There are packages of RPM; their list is a database that Regent does not read.',
      '3 files differ',
      '+ new 1.2 kB',
      '- old/',
      '~ same 1.2 kB → 2 kB',
    ]);
    const json = documentOf(await regent([...argv, '--files', '--json'], two));
    expect(json).toMatchObject({ left: REF, ...comparison, files, packages, unread: ['rpm'] });
  });
});
