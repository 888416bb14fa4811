// A shell, or one command, with the lab up: what is in the "Shown by" can be typed here by hand.
//   npm test -- --only shell
//   npm test -- --only shell docker pull registry.test:5443/team/hello:1.0
// Everything is gone when it ends.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedEngine } from './engine.ts';
import { startKeychain } from './keychain.ts';
import { labFolder } from './processes.ts';
import { sharedRegistry } from './shared-registry.ts';

/** Puts a built program of the project on PATH, in the sandbox's private /usr/local. */
function install(name: string): void {
  const path = join('/usr/local/bin', name);
  const program = join(process.cwd(), 'dist', `${name}.mjs`);
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(path, 0o755);
}

const [engine, registry, keychain] = await Promise.all([
  sharedEngine(),
  sharedRegistry('tls-login'),
  startKeychain({ outliving: true }),
]);
install('regent');
const home = join(labFolder, 'home');
mkdirSync(home, { recursive: true });
const caPath = join(labFolder, 'ca.crt');
writeFileSync(caPath, registry.caPem);

const facts = {
  REGISTRY: registry.address,
  REGISTRY_USERNAME: registry.username,
  REGISTRY_PASSWORD: registry.password,
  CA: caPath,
  CA_SHA256: registry.caSha256,
  LEAF_SHA256: registry.leafSha256,
  DOCKER_HOST: `unix://${engine.socketPath}`,
  DBUS_SESSION_BUS_ADDRESS: keychain.env.DBUS_SESSION_BUS_ADDRESS,
  HOME: home,
};
// To stderr, so that a command's own output can be read by programs.
console.error('The lab is up; in the environment:');
for (const [name, value] of Object.entries(facts)) console.error(`  ${name}=${value}`);
console.error(`Images: ${Object.keys(registry.images).join(' ')}`);

const asked = process.argv.slice(2);
const [command = 'bash', ...args] = asked.length > 0 ? asked : ['bash', '--norc'];
const child = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, ...facts, PS1: 'lab:\\w\\$ ' },
});
// Ctrl-C is for the command, not for the lab.
process.on('SIGINT', () => undefined);
child.once('close', (status) => process.exit(status ?? 1));
