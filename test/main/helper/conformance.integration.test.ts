import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeUnless } from '../../lab/index.ts';
import { helperBuilds } from './run-helper.ts';
import {
  type Step,
  startTwoHelpers,
  step,
  storing,
  type TwoHelpers,
  whyNoPeer,
} from './two-helpers.ts';

/** What both must answer alike, to the byte, in this order. */
const chapters: Readonly<Record<string, readonly Step[]>> = {
  'an empty keychain': [
    ...[step('list', 'unused'), step('list'), step('get', 'h:1'), step('erase', 'h:1')],
  ],
  'no server, no user': [
    ...['', '\n', '  \r\n\t'].flatMap((input) => [step('get', input), step('erase', input)]),
    ...['{}', 'null', '{"Username":"u","Secret":"x"}'].map((input) => step('store', input)),
    ...[storing('h:1', '', 'x'), step('store', '{"ServerURL":"h:1","Username":null}')],
    step('list'),
  ],
  'a login': [
    ...[storing('h:1', 'ada', 'pw'), step('get', 'h:1'), step('list', 'unused')],
    ...[storing('h:1', 'ada', 'new'), step('get', 'h:1')],
    ...['h:1\n', 'h:\n1\r\n', '\t h:1 \n\n', 'h:1\r'].map((input) => step('get', input)),
    ...[step('erase', 'h:1\n'), step('get', 'h:1'), step('erase', 'h:1'), step('list')],
  ],
  'an identity token': [...[storing('t:1', '<token>', 'a&<b>'), step('get', 't:1'), step('list')]],
  'text of any kind': [
    ...[storing('u:1', 'ü 漢😀', 'é漢😀"\\/\u2028\u2029\t\u0007\u007f'), step('get', 'u:1')],
    step(
      'store',
      '{"ServerURL":"u:2","Username":"u","Secret":"\\u00e9\\ud83d\\ude00\\/\\n\\r\\t\\u0001"}',
    ),
    ...[step('get', 'u:2'), storing('u:3', 'u', ' pw '), step('get', 'u:3')],
    ...[
      step('store', '{"ServerURL":"u:4","Username":"u","Secret":"\\ud800x"}'),
      step('get', 'u:4'),
    ],
    ...[storing('u:5', '  ', 'x'), step('get', 'u:5'), step('list')],
  ],
  'a request in other forms than docker’s': [
    step('store', '{"serverurl":"f:1","USERNAME":"u","sEcReT":"p","Extra":[1,{"a":"}"}]} tail'),
    ...[step('get', 'f:1')],
    step('store', '{\n "ServerURL": "f:2",\r\n "Username": "u",\n "Secret": "p"\n}\n'),
    ...[step('get', 'f:2')],
    step('store', '{"ServerURL":"f:3","Username":"u","Secret":"p"}{"ServerURL":"f:4"}'),
    ...[step('get', 'f:3'), step('get', 'f:4')],
    step('store', '{"ServerURL":"f:5","Username":"u","Secret":"p","Secret":"q"}'),
    ...[step('get', 'f:5'), step('list')],
  ],
  'no secret': [
    ...[step('store', '{"ServerURL":"e:1","Username":"u"}'), step('get', 'e:1')],
    ...[step('store', '{"ServerURL":"e:2","Username":"u","Secret":null}'), step('get', 'e:2')],
    step('list'),
  ],
  'a secret of nearly 64 KiB': [storing('big:1', 'u', 'x'.repeat(65_000)), step('get', 'big:1')],
  'a list in the order of bytes, whatever was stored first': [
    ...[
      'z.test',
      '5000',
      '10',
      'a.test:5443',
      'a.test',
      '~',
      'é.test',
      '漢.test',
      '😀',
      '\uffee.test',
    ].map((server) => storing(server, 'ü<&>漢😀"\\', 'x')),
    ...[
      step('list'),
      storing('a.test', 'ü<&>漢😀"\\', 'y'),
      step('erase', 'a.test:5443'),
      step('list'),
    ],
  ],
  'keys that are no registry': [
    ...[
      'ключ',
      'a b',
      '{"x":1}',
      'https://index.docker.io/v1/access-token',
      '-',
      '%',
      '😁',
    ].flatMap((key) => [
      step('get', key),
      storing(key, 'u', key),
      step('get', key),
      step('list'),
      step('erase', key),
      step('get', key),
    ]),
  ],
  'half a character': [
    step('store', '{"ServerURL":"s:1","Username":"\\ud83d","Secret":"\\ude00x\\ud83d"}'),
    ...[step('get', 's:1'), step('list'), step('erase', 's:1')],
  ],
  'secrets like our own notes, numbers and JSON': [
    ...['regent-parts:1:', '0', 'null', '{}', ' ', '\\u0000', '%00', 'a'.repeat(2560)].flatMap(
      (secret) => [storing('o:1', 'u', secret), step('get', 'o:1')],
    ),
    step('erase', 'o:1'),
  ],
  'no known action': [
    ...['ünknöwn', '漢😀', 'store\u00a0', '%s', '`x`', '--', '-', '-x', '\\', '<&>'].map((action) =>
      step(action),
    ),
    ...[step('foo'), step('Get', 'h:1'), step('LIST'), step('help'), { args: [''], input: '' }],
    ...[step(''), step('get h:1'), step('store x', '{}'), step('list x')],
  ],
};

for (const build of helperBuilds) {
  describeUnless(
    whyNoPeer ?? build.why,
    `docker-credential-regent, ${build.name}, and docker-credential-secretservice`,
    () => {
      let helpers: TwoHelpers;
      beforeAll(async () => {
        helpers = await startTwoHelpers(build);
      });
      afterAll(() => helpers?.stop());

      for (const [name, steps] of Object.entries(chapters)) {
        it(`answer alike: ${name}`, async () => {
          for (const one of steps) {
            const { theirs, ours } = await helpers.call(one);
            expect({ ...one, ...ours }).toEqual({ ...one, ...theirs });
          }
        });
      }

      it('do not wait for the input of actions that have none', async () => {
        const { theirs, ours } = await helpers.call(step('list', 'x'.repeat(200_000)));
        expect(ours).toMatchObject({ status: theirs.status, stderr: '' });
      });
    },
  );
}
