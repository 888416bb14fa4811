import { dirname } from 'node:path';
import { daemonJson, emptied, insecureEntries, removeEntry } from '../edit/daemon-json.ts';
import { registryOf } from '../edit/daemon-json-entries.ts';
import { bindEdit } from '../operations/bind-edit.ts';
import type { BoundEdit, Operation } from '../operations/operation.ts';
import type { TrustWish } from './target.ts';

/** Where one Docker Engine keeps its settings and is told of changes. */
interface EnginePlaces {
  readonly daemonJson: string;
  readonly pidFile: string;
  readonly socket: string;
}

const DOCKERD = ['/usr/bin/dockerd', '/usr/sbin/dockerd', '/usr/local/bin/dockerd'];

/**
 * The edit of an engine's list of insecure registries, and the reload that makes it see it; none where nothing of
 * the kind is wished.
 */
export function insecureList(
  { address, plainHttp, withdrawn }: TrustWish,
  places: EnginePlaces,
): readonly Operation[] {
  const path = places.daemonJson;
  if (!plainHttp && !withdrawn) return [];
  const readBy = { pidFile: places.pidFile, program: 'dockerd' };
  return [
    {
      kind: 'edit',
      // A user who has no settings at all yet lacks the outer folder, too.
      ...{ path, folders: [dirname(dirname(path)), dirname(path)], folderMode: 0o755, mode: 0o644 },
      edit: plainHttp ? listed(address) : withdrawnEntry(address),
      readBy,
      validate: { programs: DOCKERD, args: ['--validate', '--config-file={}'] },
    },
    {
      kind: 'reload',
      ...readBy,
      ...{ socket: places.socket, address, insecure: plainHttp },
    },
  ];
}

/** An engine keeps its old list when the key is just gone. */
function listed(address: string): BoundEdit {
  const wish = { address };
  return { ...bindEdit(daemonJson, wish), interim: (text) => emptied(text, wish) };
}

/** The other way round: the entry goes, however it is spelled, and comes back when that is undone. */
function withdrawnEntry(address: string): BoundEdit {
  return {
    apply: (text) => spellingsIn(text ?? '{}', address).reduce(removeEntry, text ?? '{}'),
    revert: (text) => daemonJson.apply(text, { address }),
    has: (text) => !daemonJson.has(text, { address }),
  };
}

function spellingsIn(text: string, address: string): readonly string[] {
  return [...new Set(insecureEntries(text))].filter((entry) => registryOf(entry) === address);
}
