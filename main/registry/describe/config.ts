import type { ImageConfig } from '../../../shared/model/image-details.ts';
import { type Platform, readPlatform } from '../../../shared/model/platform.ts';
import { readAnnotations } from './annotations.ts';
import { cleanLine, cleanValue } from './clean-value.ts';
import { readCreated } from './created.ts';
import { type JsonObject, objectOrEmpty } from './read-value.ts';

/** What a config states of its image at a glance. */
export interface ConfigFacts {
  readonly platform: Platform | undefined;
  readonly created: string | null;
}

/** One entry of the history as the config has it. */
export interface Step {
  readonly createdBy: string;
  readonly created: string | null;
  readonly comment: string;
  /** Whether it made no layer. */
  readonly isEmpty: boolean;
}

/** More than any image has; the rest of a longer list is not looked at. */
const MOST = 2000;

/** What a list of tags needs of a config. */
export function readConfigFacts(config: JsonObject): ConfigFacts {
  return { platform: readPlatform(config), created: readCreated(config.created) };
}

/** Whoever made it, cleaned; null where it is not stated. */
export function readAuthor(config: JsonObject): string | null {
  return cleanLine(config.author) || null;
}

/** What a container starts with: the `config` of an image's config (OCI image specification, config.md), cleaned. */
export function readImageConfig(json: unknown): ImageConfig {
  const own = objectOrEmpty(json);
  return {
    user: cleanLine(own.User),
    workingDir: cleanLine(own.WorkingDir),
    entrypoint: words(own.Entrypoint),
    command: words(own.Cmd),
    env: words(own.Env) ?? [],
    ports: names(own.ExposedPorts),
    volumes: names(own.Volumes),
    labels: readAnnotations(own.Labels),
    stopSignal: cleanLine(own.StopSignal),
    healthcheck: words(objectOrEmpty(own.Healthcheck).Test),
  };
}

/** The history, oldest first, cleaned. */
export function readHistory(json: unknown): readonly Step[] {
  if (!Array.isArray(json)) return [];
  return json.slice(0, MOST).map((step: unknown) => {
    const { created_by, created, comment, empty_layer } = objectOrEmpty(step);
    return {
      createdBy: cleanLine(created_by),
      created: readCreated(created),
      comment: cleanLine(comment),
      isEmpty: empty_layer === true,
    };
  });
}

/** A list of words, or a single one as old builders wrote it; null where there is none. */
function words(json: unknown): readonly string[] | null {
  if (typeof json === 'string') return [cleanValue(json)];
  if (!Array.isArray(json) || json.length === 0) return null;
  return json
    .slice(0, MOST)
    .flatMap((word: unknown) => (typeof word === 'string' ? [cleanValue(word)] : []));
}

/** The names of a set, which JSON holds as `{"80/tcp": {}}`. */
function names(json: unknown): readonly string[] {
  return Object.keys(objectOrEmpty(json)).slice(0, MOST).map(cleanLine);
}
