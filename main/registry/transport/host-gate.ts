import type { Clock } from '../../platform/clock.ts';
import { patience } from '../limits.ts';
import type { Exchange, HttpAnswer } from './exchange.ts';
import { readRetryAfter, type Wait } from './retries.ts';

/** What a gate works with. */
export interface GateMeans {
  readonly clock: Clock;
  readonly wait: Wait;
  /** How many requests to one server may be under way, as long as it does not complain. */
  readonly width: number;
}

/** How one server is treated at the moment. */
interface Gate {
  /** How many may be under way; grows by fractions. */
  width: number;
  underWay: number;
  /** When it opens for the next request (milliseconds since 1970). */
  opensAt: number;
  /** How often the server has complained; one complaint counts for all that was under way with it. */
  complaints: number;
  /** Who waits for a turn, the longest first. */
  readonly queue: Set<() => void>;
}

const COMPLAINTS: ReadonlySet<number> = new Set([429, 503]);

/**
 * Lets fewer requests through to a server that says it has too many (429, 503): half of those that were under way, none
 * at all for as long as its `Retry-After` asks, whoever got that answer, and then one more for each round that
 * goes well. A body that is streamed counts until it begins.
 */
export function withGate(exchange: Exchange, { clock, wait, width }: GateMeans): Exchange {
  const gates = new Map<string, Gate>();
  const gateOf = (host: string): Gate => {
    const known = gates.get(host);
    if (known) return known;
    const fresh = { width, underWay: 0, opensAt: 0, complaints: 0, queue: new Set<() => void>() };
    gates.set(host, fresh);
    return fresh;
  };
  const heed = (gate: Gate, answer: HttpAnswer, complaintsBefore: number): void => {
    if (!COMPLAINTS.has(answer.status)) {
      if (answer.status < 400) gate.width = Math.min(width, gate.width + 1 / gate.width);
      return;
    }
    const pause = readRetryAfter(answer, clock) ?? 0;
    // A longer break is reported to whoever asked instead.
    if (pause <= patience.retryAfter) gate.opensAt = Math.max(gate.opensAt, clock.now() + pause);
    if (gate.complaints > complaintsBefore) return;
    gate.complaints += 1;
    gate.width = Math.max(1, Math.floor(gate.underWay / 2));
  };
  return async (request) => {
    const gate = gateOf(request.url.host);
    const turn = enter(gate, request.signal);
    if (turn) await turn;
    try {
      const closedFor = gate.opensAt - clock.now();
      if (closedFor > 0) await wait(closedFor, request.signal);
      const { complaints } = gate;
      const answer = await exchange(request);
      heed(gate, answer, complaints);
      return answer;
    } finally {
      gate.underWay -= 1;
      for (const begin of gate.queue) {
        if (gate.underWay >= Math.floor(gate.width)) break;
        begin();
      }
    }
  };
}

/** Takes a place among those that are under way, at once or, where there is none, later. */
function enter(gate: Gate, signal: AbortSignal): Promise<void> | undefined {
  if (gate.underWay < Math.floor(gate.width)) {
    gate.underWay += 1;
    return undefined;
  }
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      gate.queue.delete(begin);
      reject(signal.reason);
    };
    const begin = (): void => {
      signal.removeEventListener('abort', leave);
      gate.queue.delete(begin);
      gate.underWay += 1;
      resolve();
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    gate.queue.add(begin);
  });
}
