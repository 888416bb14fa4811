import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { putHelper } from '../../../main/accounts/helper/helper-program.ts';
import {
  describeUnless,
  labFolder,
  startDisplay,
  startKeychain,
  startUnlockDialog,
  whyLabMissing,
} from '../../lab/index.ts';
import {
  type HelperBuild,
  type HelperUser,
  helperBuilds,
  helperScript,
  makeHelperUser,
  scriptBuild,
  storeLine,
} from './run-helper.ts';

/** Calls a helper and writes its input piece by piece, a pause before each; null closes it. */
async function callSlowly(
  argv: HelperBuild['argv'],
  env: NodeJS.ProcessEnv,
  action: string,
  pieces: readonly (string | null)[],
) {
  const [program, ...args] = argv;
  const child = spawn(program, [...args, action], { env });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      said[name] += chunk;
    });
  }
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close');
  for (const piece of pieces) {
    await sleep(2500);
    if (piece === null) child.stdin.end();
    else child.stdin.write(piece);
  }
  const [status, signal] = (await closed) as [number | null, string | null];
  return { status, signal, ...said };
}

/** An ordinary failure: docker shows the sentence and no signal. */
const failed = (sentence: RegExp) => ({
  ...{ status: 1, signal: null, stderr: '' },
  stdout: expect.stringMatching(sentence),
});

const why =
  whyLabMissing(['keychain', 'display', 'unlock-dialog']) ??
  helperBuilds.find((build) => build.why !== undefined)?.why;

const launcher = join(labFolder, 'patience', 'docker-credential-regent');

type Keyring = 'ready' | 'hanging' | 'locked';

/** What is asked of whose keyring, and what is to be said then. */
interface Case {
  readonly name: string;
  readonly argv: HelperBuild['argv'];
  readonly keyring: Keyring;
  readonly action: string;
  readonly pieces: readonly (string | null)[];
  readonly answer: object;
}

const cases = [
  ...helperBuilds.filter((build) => build !== scriptBuild),
  { name: 'behind its launcher', argv: [launcher] as const },
].flatMap(({ name, argv }): readonly Case[] => [
  {
    ...{ name: `waits for input that comes slowly (${name})`, argv, keyring: 'ready' },
    ...{ action: 'get', pieces: ['h', ':1', '\n', null] },
    answer: {
      ...{ status: 0, signal: null, stderr: '' },
      stdout: `${JSON.stringify({ ServerURL: 'h:1', Username: 'ada', Secret: 'pw' })}\n`,
    },
  },
  ...['get', 'store', 'erase'].flatMap((action): readonly Case[] => {
    const whole = [action === 'store' ? storeLine('h:1', 'ada', 'new') : 'h:1', null];
    return [
      {
        ...{ name: `says that the input of ${action} never came (${name})`, argv, action },
        ...{ keyring: 'ready', pieces: ['{"ServerURL"'] },
        answer: failed(/^The request did not arrive\. .* 25 seconds\. .*\n$/),
      },
      {
        ...{ name: `says that the keychain hangs: ${action} (${name})`, argv, action },
        ...{ keyring: 'hanging', pieces: whole },
        answer: failed(/^The system’s keychain does not answer\. .*password.*\n$/),
      },
      {
        // Its dialog is open all the time, and nobody comes.
        ...{ name: `says that the keychain is locked: ${action} (${name})`, argv, action },
        ...{ keyring: 'locked', pieces: whole },
        answer: failed(/^The keychain is locked, .*h:1.*Unlock.*\n$/),
      },
    ];
  }),
]);

describeUnless(why, 'the patience of docker-credential-regent', () => {
  const users = new Map<Keyring, HelperUser>();
  const stops: (() => Promise<void>)[] = [];
  const answers = new Map<Case, Promise<object>>();

  beforeAll(async () => {
    mkdirSync(dirname(launcher));
    const node = process.execPath;
    await putHelper(launcher, { kind: 'launcher', node, script: helperScript });
    const display = await startDisplay();
    stops.push(display.stop);
    for (const name of ['ready', 'hanging', 'locked'] as const) {
      const keychain = await startKeychain();
      const user = makeHelperUser(keychain.env);
      await user.call('store', storeLine('h:1', 'ada', 'pw'));
      users.set(name, user);
      stops.unshift(keychain.stop);
      if (name === 'hanging') {
        keychain.hang();
        stops.unshift(async () => keychain.wake());
      }
      if (name === 'locked') {
        await keychain.lock();
        stops.unshift((await startUnlockDialog(keychain, display)).stop);
      }
    }
    // What has to be waited for takes half a minute, so all of it is waited for at once.
    for (const one of cases) {
      const env = users.get(one.keyring)?.env ?? {};
      answers.set(one, callSlowly(one.argv, env, one.action, one.pieces));
    }
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  it.each(cases)('$name', async (one) => {
    expect(await answers.get(one)).toEqual(one.answer);
  });
});
