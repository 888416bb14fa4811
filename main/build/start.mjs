// `npm start`: everything from a fresh checkout to the open window. Plain JavaScript, since the packages
// (TypeScript's loader among them) may not be installed yet.
import { ensureNodeModules } from './bootstrap.mjs';
import { exitWithSentence } from './command.mjs';

await exitWithSentence(async () => {
  await ensureNodeModules();
  const { register } = await import('tsx/esm/api');
  register();
  const { startRegent } = await import('./start-regent.ts');
  process.exitCode = await startRegent(process.argv.slice(2));
});
