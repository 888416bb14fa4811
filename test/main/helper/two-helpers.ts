import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Finished,
  type LabKeychain,
  labFolder,
  run,
  startKeychain,
  whyLabMissing,
} from '../../lab/index.ts';
import { type HelperBuild, makeHelperUser } from './run-helper.ts';

/** Docker's own helper, docker-credential-secretservice; empty where it could not be had. */
const peer = process.env.REGENT_PEER_HELPER ?? '';

/** Why the two helpers cannot be compared here; undefined when they can. */
export const whyNoPeer =
  whyLabMissing(['keychain']) ??
  (peer === '' ? 'docker-credential-secretservice could not be had' : undefined);

/** What a client writes to a helper, after the action and whatever follows it. */
export interface Step {
  readonly args: readonly string[];
  readonly input: string;
}

/** One call for both: `step('get', 'h:1')`. */
export const step = (args: string, input = ''): Step => ({
  args: args === '' ? [] : args.split(' '),
  input,
});

/** `store`, as docker writes it. */
export const storing = (ServerURL: string, Username: string, Secret: string): Step =>
  step('store', `${JSON.stringify({ ServerURL, Username, Secret })}\n`);

/** The answers to one call. */
interface Answers {
  readonly theirs: Finished;
  readonly ours: Finished;
}

/** Docker's helper and Regent's, each with a real keychain of its own. */
export interface TwoHelpers {
  /** The same call to both. */
  call(step: Step, env?: NodeJS.ProcessEnv): Promise<Answers>;
  /** The same work on both keychains. */
  onBoth(work: (keychain: LabKeychain) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Usage names the program, by whatever name it was called. */
const nameless = ({ status, stdout, stderr }: Finished): Finished => ({
  ...{ status, stderr },
  stdout: stdout.replace(/^Usage: \S*docker-credential-\w+ /, 'Usage: HELPER '),
});

/** Starts both on empty keychains; `build` is how Regent's was built. */
export async function startTwoHelpers(build: HelperBuild): Promise<TwoHelpers> {
  const keychains = [await startKeychain(), await startKeychain()] as const;
  const [forPeer, forRegent] = keychains;
  const home = mkdtempSync(join(labFolder, 'peer-home-'));
  const peerEnv = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', ...forPeer.env };
  const regent = makeHelperUser(forRegent.env);
  return {
    call: async ({ args, input }, env = {}) => {
      const [theirs, ours] = await Promise.all([
        run([peer, ...args], { env: { ...peerEnv, ...env }, input }),
        run([...build.argv, ...args], { env: { ...regent.env, ...env }, input }),
      ]);
      return { theirs: nameless(theirs), ours: nameless(ours) };
    },
    onBoth: async (work) => {
      for (const keychain of keychains) await work(keychain);
    },
    stop: async () => {
      for (const keychain of keychains) await keychain.stop();
    },
  };
}
