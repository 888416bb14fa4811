import * as z from 'zod';
import { accountSchema } from '../model/account.ts';
import { procedure } from './procedure.ts';

/** The embedded demo registry. Its password is made afresh and stays in the main process. */
export const demoContract = {
  /** Starts it, or answers with the one that runs. `sha256` is the fingerprint its owner would give you. */
  start: procedure.output(
    z.object({ address: z.string(), username: z.string(), sha256: z.string() }),
  ),
  /** Signs in with the demo account as `accounts.login` would. */
  signIn: procedure.output(accountSchema),
  stop: procedure.output(z.object({ stopped: z.boolean() })),
};
