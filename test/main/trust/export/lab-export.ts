import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exportTrust } from '../../../../main/trust/export/export-trust.ts';
import type { TrustToExport } from '../../../../main/trust/export/subject.ts';
import type { ExportFormat } from '../../../../shared/model/trust.ts';
import { type Finished, type LabEngine, type RegistryFacts, run } from '../../../lab/index.ts';

/** The trust in the authority of a registry of the lab, or in its plain HTTP. */
export function trustIn(registry: RegistryFacts): TrustToExport {
  const { address, caPem: pem, caSha256: sha256 } = registry;
  const insecure = registry.scheme === 'http';
  return { address, certificates: insecure ? [] : [{ pem, sha256, kind: 'ca' }], insecure };
}

/** Exports and writes the files into a new folder, with their modes. @returns that folder and the files' paths */
export function writeExport(what: TrustToExport, format: ExportFormat, image?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  const surroundings = { now: Date.UTC(2026, 0, 2, 3, 4, 5), ...(image && { image }) };
  const paths = exportTrust(what, format, surroundings).map(({ path, mode, content }) => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    chmodSync(target, Number.parseInt(mode, 8));
    return target;
  });
  return { folder, paths };
}

/** What the engine says against pulling an image; empty when it pulled. Runs with no settings of a user. */
export async function pullWithEngine(engine: LabEngine, image: string): Promise<string> {
  await engine.docker(['rmi', '--force', image]);
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  const { status, stderr } = await engine.docker(['pull', image], { env: { HOME: home } });
  return status === 0 ? '' : stderr;
}

/** What podman says against pulling an image; empty when it pulled. It keeps images in a folder of its own. */
export async function pullWithPodman(image: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'podman-'));
  const { status, stderr } = await runPodman(folder, ['pull', '--quiet', image]);
  return status === 0 ? '' : stderr;
}

function runPodman(folder: string, args: readonly string[]): Promise<Finished> {
  const places = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
  return run(['podman', ...places, '--storage-driver', 'vfs', ...args], {
    env: { ...process.env, HOME: folder },
  });
}

/** The folders of the engines' settings. */
export const settingsFolders = ['/etc/docker', '/etc/containers', '/etc/containerd'] as const;

/** Removes what an export may have written. */
export function forgetTrust(): void {
  for (const place of settingsFolders) {
    rmSync(join(place, 'certs.d'), { recursive: true, force: true });
  }
  const dropIns = '/etc/containers/registries.conf.d';
  for (const name of readdirSync(dropIns).filter((one) => one.startsWith('regent-'))) {
    rmSync(join(dropIns, name));
  }
  rmSync('/etc/docker/daemon.json', { force: true });
}

/** A shell line that runs its arguments as a script where these programs are not to be found. */
export function hiding(programs: readonly string[]): string {
  const masks = programs.map(
    (name) => `for f in $(which -a ${name}); do mount --bind /dev/null "$f"; done`,
  );
  return `unshare --mount sh -c '${masks.join('; ')}; exec sh "$@"' sh "$@"`;
}
