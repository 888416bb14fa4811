import { cleanLine } from './clean-value.ts';
import type { Step } from './config.ts';
import { readCreated } from './created.ts';
import { type JsonObject, objectOrEmpty } from './read-value.ts';

/**
 * The step of a history that a layer's own description tells of, as images had them before there were manifests (Docker,
 * image/v1). `throwaway` marks layers without files.
 */
export function readStepV1(v1: JsonObject): Step {
  const command = objectOrEmpty(v1.container_config).Cmd;
  const words = Array.isArray(command) ? command : [command];
  return {
    createdBy: cleanLine(words.filter((word) => typeof word === 'string').join(' ')),
    created: readCreated(v1.created),
    comment: cleanLine(v1.comment),
    isEmpty: v1.throwaway === true,
  };
}
