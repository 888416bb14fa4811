import * as z from 'zod';
import { accountSchema, helperStatusSchema, keychainStatusSchema } from '../model/account.ts';
import { addressSchema } from '../model/address.ts';
import { procedure } from './procedure.ts';

const target = z.object({ address: addressSchema });

/** Accounts: logins in the OS keychain, and the docker CLI's way to them. A secret only ever goes in. */
export const accountsContract = {
  list: procedure.output(z.array(accountSchema)),
  /** Proves the login against the registry, then keeps it in the keychain. */
  login: procedure
    .input(target.extend({ username: z.string().min(1).max(1024), password: z.string().min(1) }))
    .output(accountSchema),
  logout: procedure.input(target).output(z.object({ address: z.string(), removed: z.boolean() })),
  keychain: procedure.output(keychainStatusSchema),
  helperStatus: procedure.output(helperStatusSchema),
  /** Installs the helper on PATH and routes the given registries (by default all with an account) to it. */
  helperInstall: procedure
    .input(z.object({ addresses: z.array(addressSchema).optional() }))
    .output(helperStatusSchema),
  /** Removes the routes and the helper, and puts config.json back. */
  helperUninstall: procedure.output(helperStatusSchema),
};
