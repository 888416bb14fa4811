import * as z from 'zod';
import { accountFormatSchema, accountSchema } from '../model/account.ts';
import { addressSchema } from '../model/address.ts';
import { foundLoginSchema, importedLoginSchema } from '../model/found-login.ts';
import { helperStatusSchema } from '../model/helper-status.ts';
import { secretStoreChoiceSchema, secretStoreStatusSchema } from '../model/secret-store.ts';
import { procedure } from './procedure.ts';

const target = z.object({ address: addressSchema });
const username = z.string().min(1).max(1024);
/** One account as `list` names it; its address can be a key that only docker knows. */
const oneAccount = z.object({ address: z.string().min(1).max(1024), username });

/** Accounts: logins in the OS keychain, and the docker CLI's way to them. A secret only ever goes in. */
export const accountsContract = {
  list: procedure.output(z.array(accountSchema)),
  /**
   * Proves the login against the registry, keeps it, and makes it the one in use. With the user name `<token>` the
   * password is an identity token. `tokenServer`: the server of a `REALM_FOREIGN`, once the person has said that it may
   * have the password; it is remembered for this registry if the login worked with it, until the last one is removed.
   */
  login: procedure
    .input(
      target.extend({
        username,
        password: z.string().min(1),
        tokenServer: z
          .url({ protocol: /^https?$/ })
          .max(300)
          .optional(),
      }),
    )
    .output(accountSchema),
  /** Removes one account, or without `username` all of the registry. */
  logout: procedure
    .input(z.object({ address: z.string().min(1).max(1024), username: username.optional() }))
    .output(z.object({ address: z.string(), removed: z.boolean() })),
  /** Makes an account the one in use for its registry. */
  use: procedure.input(oneAccount).output(accountSchema),
  /** Asks the registry whether it still takes an account; refused is an answer, not an error. */
  check: procedure.input(oneAccount).output(accountSchema),
  /**
   * Writes one login with its secret where the terminal's user reads it, and nowhere else; the window is refused.
   * `name` and `namespace` are those of the Kubernetes secret.
   */
  export: procedure
    .input(
      target.extend({
        username: username.optional(),
        format: accountFormatSchema,
        name: z.string().max(253).optional(),
        namespace: z.string().max(63).optional(),
      }),
    )
    .output(z.object({ address: z.string(), username: z.string() })),

  /** Where logins are kept. */
  store: procedure.output(secretStoreStatusSchema),
  /** Changes that, and takes every login along: away from the old place only once the new one has been read back. */
  chooseStore: procedure.input(secretStoreChoiceSchema).output(secretStoreStatusSchema),
  /** Keeps encrypted logins readable for that many minutes (by default eight hours), or until `lock`. */
  unlockStore: procedure
    .input(
      z.object({
        passphrase: z.string().min(1).max(1024),
        minutes: z.number().int().min(1).max(10_080).optional(),
      }),
    )
    .output(secretStoreStatusSchema),
  lockStore: procedure.output(secretStoreStatusSchema),

  /** Logins that other programs keep: plain text in docker's and podman's files, docker's own helpers. */
  found: procedure.output(z.array(foundLoginSchema)),
  /** Takes logins over; plain text goes only once the new entry has been read back. */
  import: procedure
    .input(z.object({ ids: z.array(z.string().max(200)).min(1).max(1000) }))
    .output(z.array(importedLoginSchema)),

  helperStatus: procedure.output(helperStatusSchema),
  /**
   * Installs the helper on PATH and routes the given registries (by default all with an account) to it. `asDefault`:
   * also names it in `credsStore`; refused while that would hide logins that were not imported.
   */
  helperInstall: procedure
    .input(
      z.object({ addresses: z.array(addressSchema).optional(), asDefault: z.boolean().optional() }),
    )
    .output(helperStatusSchema),
  /** Does what `helperStatus` says under `repairs`. */
  helperRepair: procedure.output(helperStatusSchema),
  /** Removes the routes and the helper, and puts config.json back. */
  helperUninstall: procedure.output(helperStatusSchema),
};
