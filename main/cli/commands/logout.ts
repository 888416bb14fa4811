import { RegentError } from '../../../shared/errors/index.ts';
import { defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { paint } from '../text/paint.ts';

/** `regent logout`: removes a login from the keychain. */
export const logout = defineCommand(
  {
    name: 'logout',
    about: 'cli.logout.about',
    args: [{ name: 'ADDRESS' }],
    options: {},
    examples: ['logout registry.example.com:5000'],
  },
  async ({ client, json, out, signal, t }, { args }) => {
    const address = readAddress(args.ADDRESS);
    const result = await client.accounts.logout({ address }, { signal });
    if (!result.removed) throw new RegentError('ACCOUNT_NOT_FOUND', { address });
    if (json) out.json(result);
    else out.line(`${paint('good', '✓')} ${t('cli.logout.done', { address })}`);
    return 0;
  },
);
