import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { TarError } from '../../../../main/registry/files/tar/tar-header.ts';
import { createTarReader, type TarEntry } from '../../../../main/registry/files/tar/tar-reader.ts';
import { file, folder, tarOf } from './archives.ts';

interface Read {
  readonly entries: readonly (Omit<TarEntry, 'name' | 'linkName'> & {
    readonly name: string;
    readonly linkName: string;
    readonly content: string;
  })[];
}

function read(archive: Buffer, piece = archive.length): Read {
  const entries: Read['entries'][number][] = [];
  const reader = createTarReader((entry) => {
    const pieces: Buffer[] = [];
    return {
      write: (part) => void pieces.push(Buffer.from(part)),
      end: () => {
        const [name, linkName] = [entry.name.toString(), entry.linkName.toString()];
        entries.push({ ...entry, name, linkName, content: Buffer.concat(pieces).toString() });
      },
    };
  });
  for (let at = 0; at < archive.length; at += piece) reader.write(archive.subarray(at, at + piece));
  reader.end();
  return { entries };
}

const scratch = mkdtempSync(join(tmpdir(), 'regent-tar-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A folder with whatever archives have. */
function fillFolder(): string {
  const root = join(scratch, 'root');
  mkdirSync(join(root, 'deep/'.repeat(30)), { recursive: true });
  writeFileSync(join(root, 'plain'), 'Hello');
  writeFileSync(join(root, 'empty'), '');
  writeFileSync(join(root, 'żółć 한국어 🎉'), 'utf-8');
  writeFileSync(join(root, 'deep/'.repeat(30), 'n'.repeat(200)), 'long');
  symlinkSync('t'.repeat(180), join(root, 'link'));
  linkSync(join(root, 'plain'), join(root, 'same'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  writeFileSync(join(root, 'holes'), '');
  for (let at = 1; at <= 40; at += 1) {
    execFileSync('dd', [
      ...['if=/dev/zero', `of=${join(root, 'holes')}`, 'bs=4096', 'count=1', 'conv=notrunc'],
      ...[`seek=${at * 64}`, 'status=none'],
    ]);
  }
  truncateSync(join(root, 'holes'), 40 * 1024 * 1024);
  writeFileSync(join(root, 'z-last'), 'still in step');
  return root;
}

describe('reading archives that GNU tar wrote', () => {
  const root = fillFolder();
  for (const [name, options] of [
    ['GNU', ['--format=gnu']],
    ['GNU with holes', ['--format=gnu', '--sparse']],
    ['POSIX', ['--format=posix']],
    ['POSIX with holes', ['--format=posix', '--sparse']],
    ['POSIX with holes, 0.0', ['--format=posix', '--sparse', '--sparse-version=0.0']],
    ['POSIX with holes, 0.1', ['--format=posix', '--sparse', '--sparse-version=0.1']],
    ['old', ['--format=v7', '--exclude=deep', '--exclude=link', '--exclude=pipe']],
    ['ustar', ['--format=ustar', '--exclude=nnn*', '--exclude=link']],
  ] as const) {
    it(`lists ${name} as tar itself does`, () => {
      const tar = (args: readonly string[], input?: Buffer) =>
        execFileSync('tar', [...args], {
          input,
          maxBuffer: 1 << 27,
          stdio: ['pipe', 'pipe', 'ignore'],
        });
      const archive = tar(['-C', root, ...options, '--sort=name', '-cf', '-', '.']);
      const listed = tar(['--quoting-style=literal', '--numeric-owner', '-tvf', '-'], archive)
        .toString()
        .trimEnd()
        .split('\n');
      for (const piece of [archive.length, 511, 10_240]) {
        const { entries } = read(archive, piece);
        expect(entries.map(lineOf)).toEqual(listed.map(squeeze));
        expect(entries.find((one) => one.name === './plain')?.content).toBe('Hello');
        expect(entries.find((one) => one.name === './z-last')?.content).toBe('still in step');
      }
    });
  }
});

const squeeze = (line: string) =>
  line.replace(/ +/g, ' ').replace(/^(\S)\S+ (\S+ \d+) \S+ \S+ /, '$1 $2 ');
const letters = { file: '-', folder: 'd', link: 'l', 'hard-link': 'h', device: 'p' } as const;
const lineOf = ({ kind, uid, gid, size, name, linkName }: Read['entries'][number]) => {
  const link = { link: ` -> ${linkName}`, 'hard-link': ` link to ${linkName}` } as const;
  const more = kind === 'link' || kind === 'hard-link' ? link[kind] : '';
  return `${letters[kind]} ${uid}/${gid} ${size} ${name}${more}`.replace(/ +/g, ' ');
};

describe('a reader of archives', () => {
  it('keeps in step where only files have content', async () => {
    const archive = await tarOf([file('a', 'x'.repeat(700)), folder('b'), file('c')]);
    expect(read(archive).entries.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    const { entries } = read(archive, 1);
    expect(entries.map(({ content }) => content.length)).toEqual([700, 0, 1]);
  });

  it('takes what has no end mark, and refuses what is cut off', async () => {
    const archive = await tarOf([file('a', 'abc')]);
    expect(read(archive.subarray(0, 1024)).entries).toHaveLength(1);
    for (const length of [100, 513, 514]) {
      expect(() => read(archive.subarray(0, length))).toThrow(TarError);
    }
    expect(read(Buffer.alloc(0)).entries).toEqual([]);
  });

  it('refuses damage, and never anything else but with its own error', async () => {
    const archive = await tarOf([
      file('a'.repeat(120), 'abc', { pax: { comment: 'x' } }),
      file('b', 'x'.repeat(600)),
      { name: 'l', type: 'symlink', linkname: 'a' },
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(archive.length),
        fc.integer({ min: 1, max: 700 }),
        (changes, length, piece) => {
          const bytes = Buffer.from(archive.subarray(0, length));
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            for (const { size } of read(bytes, piece).entries)
              expect(size).toBeGreaterThanOrEqual(0);
          } catch (error) {
            expect(error).toBeInstanceOf(TarError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
