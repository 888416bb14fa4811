import { type HttpAnswer, headerOf } from '../transport/exchange.ts';

/** Whether a registry decides alone who may read, as all but those behind an index do; the header has Python's spelling. */
export function isStandalone(ping: Pick<HttpAnswer, 'rawHeaders'>): boolean {
  return headerOf(ping, 'x-docker-registry-standalone')?.trim().toLowerCase() !== 'false';
}
