import { RegentError } from '../../../shared/errors/index.ts';
import { type ConfigText, readConfigText } from './config-text.ts';

/** Reads a file's text for looking or editing. @throws RegentError `DOCKER_CONFIG_INVALID` */
export function parseConfig(path: string, text: string): ConfigText {
  const config = readConfigText(text);
  if (!config) throw new RegentError('DOCKER_CONFIG_INVALID', { path });
  return config;
}
