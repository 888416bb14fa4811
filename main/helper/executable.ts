import { loadVaultBeside } from './load-vault-beside.ts';
import { runHelper } from './run-helper.ts';

// No `await`: an executable with its bytecode prepared is made from a CommonJS module.
void runHelper({ loadVault: () => loadVaultBeside(process.execPath) });
