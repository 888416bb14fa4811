import { readHostsToml, shadows } from '../edit/hosts-toml.ts';

/**
 * Whether a hosts.toml keeps its reader from the authorities beside it without naming any itself. `says-nothing`:
 * it has nothing but comments. `says-more`: it has settings that somebody may need.
 */
export function hidesAuthorities(text: string): 'says-nothing' | 'says-more' | undefined {
  if (!shadows(text)) return undefined;
  const servers = readHostsToml(text) ?? [];
  const isDeliberate = servers.some(
    ({ url, caPaths, skipVerify }) => caPaths.length > 0 || skipVerify || /^http:/i.test(url),
  );
  if (isDeliberate) return undefined;
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  return lines.every((line) => /^\s*(#.*)?$/.test(line)) ? 'says-nothing' : 'says-more';
}
