import { RegentError } from '../../shared/errors/index.ts';
import type { Credentials } from '../accounts/accounts.ts';
import { type Demo, startDemo } from '../demo/start-demo.ts';
import type { Clock } from '../platform/clock.ts';

/** The demo registry of this process: started when first asked for, one at a time. */
export interface DemoSession {
  start(): Promise<Demo>;
  /** The demo that runs. @throws RegentError `DEMO_NOT_RUNNING` */
  running(): Promise<Demo>;
  /** Whether this address is the running demo's. */
  isDemo(address: string): Promise<boolean>;
  /** Signs in for as long as this process lives, where no keychain can keep the login. */
  rememberSignIn(): void;
  /** Changes with such a sign-in; null when there is none. */
  loginOf(address: string): Promise<string | null>;
  /** The login of such a sign-in, for the demo's own address only. */
  credentialsFor(address: string): Promise<Credentials | null>;
  stop(): Promise<boolean>;
}

/** Prepares the demo; nothing runs yet. */
export function createDemoSession(clock: Clock): DemoSession {
  let demo: Promise<Demo> | undefined;
  let isRemembered = false;
  const isDemo = async (address: string) => (await demo)?.address === address;
  return {
    start: () => {
      demo ??= startDemo({ clock }).catch((error: unknown) => {
        demo = undefined;
        throw error;
      });
      return demo;
    },
    running: async () => {
      const found = await demo;
      if (!found) throw new RegentError('DEMO_NOT_RUNNING', {});
      return found;
    },
    isDemo,
    rememberSignIn: () => {
      isRemembered = true;
    },
    loginOf: async (address) => (isRemembered && (await isDemo(address)) ? 'demo' : null),
    credentialsFor: async (address) => {
      const found = await demo;
      if (!isRemembered || found?.address !== address) return null;
      return { username: found.username, password: found.password };
    },
    stop: async () => {
      const found = await demo;
      demo = undefined;
      isRemembered = false;
      await found?.close();
      return found !== undefined;
    },
  };
}
