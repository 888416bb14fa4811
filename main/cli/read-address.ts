import { readPasted } from '../../shared/model/pasted.ts';

/**
 * The registry's address in what was typed or pasted: `host[:port]`, an URL, an image reference.
 * @throws RegentError `ADDRESS_INVALID`
 */
export function readAddress(typed: string): string {
  return readPasted(typed).address;
}
