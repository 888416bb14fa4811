import type { Problem } from '../../../shared/errors/index.ts';
import { isRegent, routesToRegent } from '../docker-config/config-edit.ts';
import type { ConfigText } from '../docker-config/config-text.ts';
import type { HelperFileState } from '../helper/helper-file.ts';
import type { HelperHealth } from '../programs/check-helpers.ts';
import type { PodmanFile } from './podman-lookup.ts';

/** Everything on which it depends who finds a login, as it was at one moment. */
export interface SetUp {
  /** Regent's own helper. */
  readonly helper: HelperFileState;
  readonly configPath: string;
  /** docker's file; undefined when it can't be read. */
  readonly docker: ConfigText | undefined;
  /** The helper that docker takes where its file says nothing. */
  readonly ownChoice: string | undefined;
  /** Null where neither podman nor skopeo nor buildah is. */
  readonly podman: {
    /** Where `podman login` writes; null where it could not. */
    readonly login: string | null;
    /** In the order in which they are searched; those that are not there say nothing. */
    readonly files: readonly PodmanFile[];
  } | null;
  /** Helpers of others that one of the files names. */
  readonly health: ReadonlyMap<string, HelperHealth>;
  /** What was wrong already while reading. */
  readonly problems: readonly Problem[];
}

/** Whether Regent's helper is there, wherever that is and whether it works or not. */
export function isInstalled({ kind }: HelperFileState): boolean {
  return kind !== 'absent' && kind !== 'foreign';
}

/** Every file that may name helpers, each once: docker's own is also the last that podman reads. */
export function filesOf({
  configPath,
  docker,
  podman,
}: SetUp): readonly (readonly [string, ConfigText])[] {
  const files = new Map(docker ? [[configPath, docker] as const] : []);
  for (const { path, config } of podman?.files ?? []) {
    if (!files.has(path)) files.set(path, config);
  }
  return [...files];
}

/** Whether one of the files sends docker or podman to Regent. */
export function namesRegent(setUp: SetUp): boolean {
  const isRouted = filesOf(setUp).some(([, config]) => routesToRegent(config).length > 0);
  return isRouted || isRegent(setUp.docker?.credsStore);
}
