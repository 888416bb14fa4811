import { isIP } from 'node:net';
import { EditRefused } from './editor.ts';

const COMPONENT = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST_AND_PORT = new RegExp(
  `^(?:${COMPONENT}(?:\\.${COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::(\\d+))?$`,
);
const HIDDEN = /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Whether it is `host`, `host:port`, an IP address or `[v6]:port` as Docker reads one: the domain rule of image
 * references, or an IP address, and a port that exists.
 */
export function isHostAndPort(text: string): boolean {
  if (text.length > 300) return false;
  const match = HOST_AND_PORT.exec(text);
  if (!match) return isIP(text) !== 0 && !text.includes('%');
  return match[1] === undefined || Number(match[1]) <= 65_535;
}

/** Refuses an address that is none. */
export function checkAddress(address: string): void {
  if (!isHostAndPort(address)) throw new EditRefused('wishInvalid', address);
}

/** Refuses paths that are empty or hold what nobody sees (controls, marks, halves of characters). */
export function checkPaths(...paths: readonly (string | undefined)[]): void {
  const bad = paths.find((path) => path === '' || (path !== undefined && HIDDEN.test(path)));
  if (bad !== undefined) throw new EditRefused('wishInvalid', JSON.stringify(bad));
}
