import { loadVaultBeside } from './load-vault-beside.ts';
import { runHelper } from './run-helper.ts';

await runHelper({ loadVault: () => loadVaultBeside(process.execPath) });
