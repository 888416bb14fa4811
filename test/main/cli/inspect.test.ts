import { describe, expect, it } from 'vitest';
import { RegentError } from '../../../shared/errors/index.ts';
import type { ImageDetails, ImageFacts, Referrer } from '../../../shared/model/image-details.ts';
import { documentOf, regent } from './fake-terminal.ts';
import { ADDRESS } from './samples.ts';

const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`;
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const layer = (digit: string, size: number | null, createdBy: string | null, foreign = false) => ({
  ...{ digest: digestOf(digit), size, createdBy, foreign },
  mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
});
const step = (createdBy: string, of: string | null) => ({
  ...{ createdBy, created: null, comment: '', layer: of },
});

const image: ImageFacts = {
  ...{ digest: digestOf('a'), mediaType: manifestType, platform: 'linux/arm64', size: 4_000_000 },
  ...{ created: '2026-11-19T12:00:00.000Z', author: 'Ada', configDigest: digestOf('c') },
  config: {
    ...{ user: '1000', workingDir: '/app', stopSignal: '', healthcheck: null, volumes: [] },
    ...{ entrypoint: ['/init'], command: ['serve', '-p', '80'], ports: ['80/tcp', '53/udp'] },
    env: ['PATH=/bin', 'LINES=one\ntwo'],
    labels: [
      ['__proto__', 'x'],
      ['org.example', 'y'],
    ],
  },
  layers: [
    layer('1', 3_900_000, 'ADD rootfs.tar / # buildkit'),
    layer('2', 1_234, 'RUN /bin/sh -c make \u001b[2J# buildkit', true),
  ],
  history: [
    step('ADD rootfs.tar / # buildkit', digestOf('1')),
    step('ENV A=b', null),
    step('RUN /bin/sh -c make # buildkit', digestOf('2')),
  ],
};
const index: ImageDetails = {
  ...{ digest: digestOf('d'), mediaType: indexType, kind: 'multi-platform', detail: null },
  ...{ storedSize: 7_500_000, image, subject: null, annotations: [['note', 'hi']] },
  platforms: [
    ...[{ platform: 'linux/amd64', digest: digestOf('b'), mediaType: manifestType }],
    ...[{ platform: 'linux/arm64', digest: digestOf('a'), mediaType: manifestType }],
    ...[{ platform: null, digest: digestOf('e'), mediaType: manifestType }],
  ].map((entry, at) => ({ ...entry, size: at === 2 ? null : 4_000_000, missing: at === 2 })),
  manifest: '{"index":true}\n',
  warnings: [],
};
const single: ImageDetails = {
  ...index,
  ...{ digest: image.digest, mediaType: manifestType, kind: 'image', platforms: [] },
  ...{ annotations: [], manifest: '{"image":true}' },
};

interface Asked {
  readonly reference: string;
  readonly platform?: string | undefined;
}

const sbom: Referrer = {
  ...{ digest: digestOf('f'), mediaType: manifestType, kind: 'sbom', size: 900, created: null },
  ...{ type: 'application/spdx+json', platform: 'linux/amd64', foundBy: 'referrers' },
  ...{ annotations: [], documents: [] },
};

const holding = (
  details: ImageDetails,
  asked: Asked[] = [],
  referrers: readonly Referrer[] = [],
) => ({
  handlers: {
    repositories: {
      inspect: ({ address, repository, reference, platform }: Asked & Record<string, unknown>) => {
        expect([address, repository]).toEqual([ADDRESS, 'team/app']);
        asked.push({ reference, platform });
        return reference === image.digest ? single : details;
      },
      referrers: ({ digest }: { readonly digest: string }) => {
        expect(digest).toBe(details.digest);
        return { referrers };
      },
    },
  },
});
const argv = ['inspect', `${ADDRESS}/team/app:1.0`];

describe('regent inspect', () => {
  it('prints what is behind an index, and one of its images', async () => {
    const { status, stdout, stderr } = await regent(argv, holding(index, [], [sbom]));
    expect([status, stderr]).toEqual([0, '']);
    const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
    expect(stdout.split('\n')).toEqual([
      `${ADDRESS}/team/app:1.0  Multi-platform image`,
      `  digest       ${digestOf('d')}`,
      `  type         ${indexType}`,
      '  stored here  7.5 MB',
      `  shown        linux/arm64  ${digestOf('a')}`,
      '  download     4 MB',
      `  created      ${moment.format(Date.parse(image.created ?? '')).replace(/\s/g, ' ')} (2 days ago)`,
      '  author       Ada',
      '',
      'Platforms',
      `  linux/amd64  4 MB  ${digestOf('b')}`,
      `  linux/arm64  4 MB  ${digestOf('a')}`,
      `  not stated   lost  ${digestOf('e')}`,
      '',
      'Config',
      '  entrypoint         ["/init"]',
      '  command            ["serve","-p","80"]',
      '  user               1000',
      '  working directory  /app',
      '  ports              80/tcp, 53/udp',
      '  environment        PATH=/bin',
      '                     LINES=one two',
      '  labels             __proto__=x',
      '                     org.example=y',
      '',
      '2 layers',
      `  3.9 MB  ${'1'.repeat(12)}  ADD rootfs.tar /`,
      '                        ENV A=b',
      `  1.2 kB  ${'2'.repeat(12)}  RUN make (kept elsewhere, not counted)`,
      '',
      'Signatures, SBOMs and the like',
      `  SBOM, linux/amd64  application/spdx+json  900 bytes  ${digestOf('f')}`,
      '',
      'Annotations',
      '  note  hi',
      '',
    ]);
  });

  it('prints layers and history one after the other when nobody knows which belongs to which', async () => {
    const unpaired = {
      ...image,
      layers: [layer('1', null, null)],
      history: [step('RUN /bin/sh -c make', null)],
    };
    const { stdout } = await regent(argv, holding({ ...single, image: unpaired }));
    expect(stdout).toContain('\n  platform  linux/arm64\n  download  ');
    expect(stdout).toContain(`1 layer\n  ?  ${'1'.repeat(12)}  application/vnd.oci`);
    expect(stdout).toMatch(/\n +RUN make\n/);
  });

  it('prints one document', async () => {
    const run = await regent([...argv, '--json'], holding(index, [], [sbom]));
    const document = documentOf(run);
    expect(document).toMatchObject({
      ...{ address: ADDRESS, repository: 'team/app', reference: '1.0', digest: digestOf('d') },
      ...{ mediaType: indexType, kind: 'multi-platform', storedSize: 7_500_000 },
      ...{ imageDigest: digestOf('a'), platform: 'linux/arm64', size: 4_000_000, author: 'Ada' },
      platforms: index.platforms,
      layers: image.layers,
      history: image.history,
      config: { entrypoint: ['/init'], env: image.config?.env },
      annotations: { note: 'hi' },
      referrers: [sbom],
      problem: null,
    });
    // A name like this is a name like any other.
    expect(run.stdout).toContain('"labels":{"__proto__":"x","org.example":"y"}');
    const empty = documentOf(await regent([...argv, '--json'], holding({ ...index, image: null })));
    expect(empty).toMatchObject({ layers: [], history: [], config: null, platform: null });
  });

  it('prints the manifest byte for byte: the index’s, or that of the platform asked for', async () => {
    expect((await regent([...argv, '--raw'], holding(index))).stdout).toBe(index.manifest);
    const asked: Asked[] = [];
    const run = await regent(
      [...argv, '--raw', '--platform', 'linux/arm64'],
      holding(index, asked),
    );
    expect(run.stdout).toBe(single.manifest);
    expect(asked).toEqual([
      { reference: '1.0', platform: 'linux/arm64' },
      { reference: digestOf('a'), platform: undefined },
    ]);
    const clash = await regent([...argv, '--raw', '--json'], holding(index));
    expect([clash.status, documentOf(clash)]).toMatchObject([
      2,
      { error: { code: 'USAGE_OPTIONS_CLASH' } },
    ]);
  });

  it('takes a digest, and `latest` where nothing is named', async () => {
    for (const [typed, reference] of [
      [`${ADDRESS}/team/app`, 'latest'],
      [`${ADDRESS}/team/app:2@${digestOf('d')}`, digestOf('d')],
      [`docker://${ADDRESS}/team/app:3`, '3'],
    ] as const) {
      const asked: Asked[] = [];
      await regent(['inspect', typed], holding(index, asked));
      expect(asked.map((one) => one.reference)).toEqual([reference]);
    }
  });

  it('says what the registry wishes to be said, beside the output', async () => {
    const warned = { ...single, warnings: ['team/app moves to team/new'] };
    const run = await regent(argv, holding(warned));
    expect(run.stderr).toBe('team/app moves to team/new\n');
    const json = await regent([...argv, '--json'], holding(warned));
    expect([json.stderr, documentOf(json).warnings]).toEqual(['', warned.warnings]);
  });

  it('still tells the rest when nobody can say what is kept about it', async () => {
    const { inspect } = holding(single).handlers.repositories;
    const referrers = () => {
      throw new RegentError('ACCESS_DENIED', { address: ADDRESS, subject: 'team/app' });
    };
    const world = { handlers: { repositories: { inspect, referrers } } };
    const run = await regent(argv, world);
    expect([run.status, run.stdout.split('\n')[0]]).toEqual([0, `${ADDRESS}/team/app:1.0  Image`]);
    expect(run.stderr).toContain('team/app');
    expect(documentOf(await regent([...argv, '--json'], world))).toMatchObject({
      ...{ digest: single.digest, referrers: [], problem: { code: 'ACCESS_DENIED' } },
    });
  });

  it('ends with 5 where there is no such image or platform', async () => {
    const inspect = () => {
      throw new RegentError('PLATFORM_NOT_FOUND', {
        ...{ reference: `${ADDRESS}/team/app:1.0`, platform: 'linux/x' },
        platforms: ['linux/amd64', 'linux/arm64'],
      });
    };
    const run = await regent(argv, { handlers: { repositories: { inspect } } });
    expect(run.status).toBe(5);
    expect(run.stderr).toContain('linux/amd64');
    expect((await regent(['inspect', ADDRESS, '--json'])).status).toBe(2);
  });

  it.each(['ko', 'pl'])('has a word for every kind (%s)', async (REGENT_LANG) => {
    const kinds = ['image', 'sbom', 'artifact', 'helm-chart', 'provenance'] as const;
    const titles = await Promise.all(
      kinds.map(async (kind) => {
        const run = await regent(argv, { ...holding({ ...single, kind }), env: { REGENT_LANG } });
        return run.stdout.split('\n')[0]?.split('  ')[1];
      }),
    );
    expect(new Set(titles).size).toBe(kinds.length);
  });
});
