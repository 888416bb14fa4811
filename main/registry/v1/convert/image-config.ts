import { readPlatform } from '../../../../shared/model/platform.ts';
import { type JsonObject, objectOrEmpty } from '../../describe/read-value.ts';
import type { Lineage } from '../images.ts';

/** What says where an image was in its old registry, or how large it was there; it says nothing of the new one. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...['id', 'parent', 'parent_id', 'layer_id', 'Size', 'throwaway', 'checksum'],
  ...['rootfs', 'history'],
]);

/** Docker's own first platform: images from before others existed do not state it. */
const FIRST_PLATFORM = { os: 'linux', architecture: 'amd64' };

/**
 * The config of an image of today (Docker's image specification 1.2), made as Docker made it when it pulled images of the
 * first generation: all that the newest layer tells, with the digests and the history of all layers.
 * @param diffIds of the layers, oldest first
 */
export function imageConfig({ newest, images }: Lineage, diffIds: readonly string[]): Buffer {
  const told = Object.entries(newest.json).filter(([name]) => !LEFT_OUT.has(name));
  const config = {
    ...(readPlatform(newest.json) ? {} : FIRST_PLATFORM),
    ...Object.fromEntries(told),
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: images.map(({ json }) => stepOf(json)),
  };
  return Buffer.from(JSON.stringify(config));
}

function stepOf({ created, author, comment, container_config }: JsonObject) {
  const command = objectOrEmpty(container_config).Cmd;
  const words: readonly unknown[] = Array.isArray(command) ? command : [];
  return {
    ...(typeof created === 'string' && { created }),
    ...(typeof author === 'string' && author !== '' && { author }),
    created_by: words.filter((word) => typeof word === 'string').join(' '),
    ...(typeof comment === 'string' && comment !== '' && { comment }),
  };
}
