import { describe, expect, it } from 'vitest';
import { compareFiles } from '../../../../main/registry/files/compare-files.ts';
import { compareImages } from '../../../../main/registry/files/compare-images.ts';
import { planReading } from '../../../../main/registry/files/reading-plan.ts';
import type { ImageConfig, ImageFacts } from '../../../../shared/model/image-details.ts';
import { collect } from '../open-fake.ts';
import { file, folder, type Member, type Shelf, shelfOfMembers } from './archives.ts';

type Layers = readonly (readonly Member[])[];

async function compare(left: Layers, right: Layers) {
  const shelves = [await shelfOfMembers(...left), await shelfOfMembers(...right)] as const;
  const layersOf = ({ layers, open }: Shelf) => layers.map((layer) => ({ ...layer, open }));
  const events = await collect(compareFiles(layersOf(shelves[0]), layersOf(shelves[1])));
  const files = events.flatMap((event) => (event.type === 'files' ? event.files : []));
  const last = events.at(-1);
  return {
    opened: shelves.flatMap(({ opened }) => opened),
    changes: files.map(({ path, left: a, right: b }) => `${!a ? '+' : b ? '~' : '-'} ${path}`),
    packages: last?.type === 'packages' ? last.packages : [],
    unread: last?.type === 'packages' ? last.unread : [],
  };
}

describe('comparing files', () => {
  const base = [folder('etc/'), file('etc/a'), file('etc/b'), folder('old/'), file('old/x')];

  it('tells what was added, removed and changed', async () => {
    const { changes } = await compare(
      [base],
      [base, [file('etc/b', 'B'), file('etc/c'), file('.wh.old', ''), file('new/deep/f')]],
    );
    expect(changes).toEqual([
      ...['~ etc/b', '+ etc/c', '+ new', '+ new/deep', '+ new/deep/f', '- old', '- old/x'],
    ]);
  });

  it('counts size, mode, owner, target and content, and no times', async () => {
    const link = (linkname: string): Member => ({ name: 'l', type: 'symlink', linkname });
    const one = [file('a', '1'), file('b'), file('c'), file('d', 'same'), link('x')];
    const other = [
      file('a', '2'),
      file('b', 'b', { mode: 0o600 }),
      file('c', 'c', { uid: 5 }),
      file('d', 'same', { mtime: new Date(5_000_000) }),
      link('y'),
    ];
    expect((await compare([one], [other])).changes).toEqual(['~ a', '~ b', '~ c', '~ l']);
  });

  it('takes a hard link for what it leads to', async () => {
    const link = (name: string, linkname: string): Member => ({ name, type: 'link', linkname });
    const one = [file('a', 'same'), link('b', 'a')];
    expect((await compare([one], [[file('b', 'same'), link('a', 'b')]])).changes).toEqual([]);
    expect((await compare([one], [[file('b', 'else'), link('a', 'b')]])).changes).toEqual([
      ...['~ a', '~ b'],
    ]);
  });

  it('reads no layers when both have the same, and shared ones once', async () => {
    expect(await compare([base], [base])).toEqual({
      ...{ opened: [], changes: [], packages: [], unread: [] },
    });
    const top = [file('top')];
    const { opened, changes } = await compare([base, top], [base, [file('mid')], top]);
    expect(opened).toHaveLength(3);
    expect(changes).toEqual(['+ mid']);
  });

  it('sees folder and file change places', async () => {
    expect((await compare([[file('a')]], [[file('a/b')]])).changes).toEqual(['~ a', '+ a/b']);
  });
});

describe('comparing packages', () => {
  const dpkg = (...packages: readonly (readonly [string, string, string?])[]) =>
    packages
      .map(([name, version, more = 'Status: install ok installed']) =>
        [`Package: ${name}`, more, 'Architecture: amd64', `Version: ${version}`, ''].join('\n'),
      )
      .join('\n');

  it('reads dpkg’s list from whichever layer has it last', async () => {
    const status = (text: string) => file('var/lib/dpkg/status', text);
    const { packages } = await compare(
      [[status(dpkg(['bash', '5.1'], ['gone', '1'], ['same', '2']))]],
      [
        [status(dpkg(['bash', '5.1'], ['gone', '1'], ['same', '2']))],
        [
          status(
            dpkg(
              ['bash', '5.2'],
              ['gone', '1', 'Status: deinstall ok config-files'],
              ['new', '3\u001b[2J'],
              ['same', '2'],
            ),
          ),
        ],
      ],
    );
    expect(packages).toEqual([
      { name: 'bash', left: '5.1', right: '5.2' },
      { name: 'gone', left: '1', right: null },
      { name: 'new', left: null, right: '3 [2J' },
    ]);
  });

  it('reads the lists of images without dpkg, of Alpine, and says what it does not read', async () => {
    const one = file('var/lib/dpkg/status.d/base', dpkg(['base-files', '12', 'Section: admin']));
    const sums = file('var/lib/dpkg/status.d/base.md5sums', 'Package: no\nVersion: 1\n');
    expect((await compare([[]], [[one, sums]])).packages).toEqual([
      { name: 'base-files', left: null, right: '12' },
    ]);
    const apk = (version: string) =>
      file('lib/apk/db/installed', `C:Q1x\nP:musl\nV:${version}\nA:x86_64\n\nP:zlib\nV:1\n\n`);
    const { packages, unread } = await compare(
      [[apk('1.2.4')]],
      [[apk('1.2.5'), file('var/lib/rpm/rpmdb.sqlite', 'SQLite')]],
    );
    expect(packages).toEqual([{ name: 'musl', left: '1.2.4', right: '1.2.5' }]);
    expect(unread).toEqual(['rpm']);
  });
});

describe('the order in which layers are read', () => {
  const layers = (digests: string) =>
    [...digests].map((digest) => ({ digest, size: 1, mediaType: '' }));
  const plan = (left: string, right: string) =>
    planReading(layers(left), layers(right)).map(({ layer, isLeft, isRight }) => {
      const side = isLeft ? '<' : '>';
      return `${layer.digest}${isLeft && isRight ? '' : side}`;
    });

  it('keeps that of both images', () => {
    expect(plan('abc', 'abd')).toEqual(['a', 'b', 'd>', 'c<']);
    expect(plan('axc', 'bxc')).toEqual(['b>', 'a<', 'x', 'c']);
    expect(plan('ab', 'ba')).toEqual(['a<', 'b', 'a>']);
    expect(plan('', 'a')).toEqual(['a>']);
    expect(plan('aa', 'a')).toEqual(['a', 'a<']);
  });
});

describe('comparing images', () => {
  const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
  const layer = (digit: string, size: number | null, foreign = false) => ({
    ...{ digest: digest(digit), size, foreign, createdBy: null, mediaType: 'x' },
  });
  const config: ImageConfig = {
    ...{ user: '', workingDir: '/', entrypoint: null, command: ['sh'], env: ['PATH=/bin', 'A=1'] },
    ...{ ports: [], volumes: [], labels: [['a', 'b']], stopSignal: '', healthcheck: null },
  };
  const image = (more: Partial<ImageFacts>): ImageFacts => ({
    ...{ digest: digest('0'), mediaType: 'x', platform: 'linux/amd64', size: null, created: null },
    ...{ author: null, configDigest: digest('c'), config, layers: [], history: [], ...more },
  });

  it('tells what is shared and what is still to be fetched', () => {
    const left = image({ layers: [layer('1', 100), layer('2', 20)], size: 130 });
    const right = image({
      layers: [layer('1', 100), layer('3', 7), layer('3', 7), layer('9', 999, true)],
      ...{ size: 112, configDigest: digest('d') },
    });
    const found = compareImages(left, right);
    const digits = (layers: readonly { readonly digest: string }[]) =>
      layers.map((one) => one.digest[7]);
    expect(digits(found.shared)).toEqual(['1']);
    expect(digits(found.onlyLeft)).toEqual(['2']);
    expect(digits(found.onlyRight)).toEqual(['3', '9']);
    // The new layer, and a config of 5 bytes.
    expect(found.toFetch).toBe(12);
    expect(compareImages(right, right).toFetch).toBe(0);
    expect(compareImages(left, image({ layers: [layer('4', null)] })).toFetch).toBeNull();
  });

  it('names each difference of the configs', () => {
    const right = image({
      platform: 'linux/arm64',
      config: {
        ...{ ...config, user: 'app', env: ['PATH=/usr/bin', 'B='], ports: ['80/tcp'] },
        ...{ entrypoint: ['/init', 'a b'], labels: [['__proto__', 'x']] },
      },
    });
    expect(compareImages(image({}), right).config).toEqual([
      { name: 'platform', left: 'linux/amd64', right: 'linux/arm64' },
      { name: 'env PATH', left: '/bin', right: '/usr/bin' },
      { name: 'env A', left: '1', right: null },
      { name: 'label a', left: 'b', right: null },
      { name: 'entrypoint', left: null, right: '["/init","a b"]' },
      { name: 'user', left: null, right: 'app' },
      { name: 'env B', left: null, right: '""' },
      { name: 'port 80/tcp', left: null, right: '80/tcp' },
      { name: 'label __proto__', left: null, right: 'x' },
    ]);
  });
});
