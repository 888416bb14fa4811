import type { TlsOptions } from 'node:tls';
import { type Made, make as makeAt, makeCa as makeCaAt, type Wish } from '../make-certificate.ts';

/** What an engine says when it takes no offence at a server's TLS. */
export const ACCEPTED = 'accepted';
/** What it says when no way leads from the server to a certificate that it trusts. */
export const UNKNOWN = 'x509: certificate signed by unknown authority';

/** Whoever says something about a server: Docker Engine 20.10, and a newer one with each of its image stores. */
const voices = [
  'Regent',
  'old sign-in',
  'old pull',
  'classic sign-in',
  'classic pull',
  'containerd sign-in',
  'containerd pull',
] as const;
export type Voice = (typeof voices)[number];

/** What all say; or who says something else than the others. */
export type Words = string | ({ readonly others: string } & { readonly [V in Voice]?: string });

/** Words that Go 1.19, in Docker Engine 20.10, does not have yet. */
export const sinceOld = (old: string, others: string): Words => ({
  'old sign-in': old,
  'old pull': old,
  others,
});

/** The words of one who takes no offence, or of one who does, for each. */
export function wordsByVoice(words: Words): Readonly<Record<Voice, string>> {
  const of = (voice: Voice) => (typeof words === 'string' ? words : (words[voice] ?? words.others));
  return Object.fromEntries(voices.map((voice) => [voice, of(voice)])) as Record<Voice, string>;
}

/** One server, and what every Docker Engine says about it. */
export interface Row {
  readonly what: string;
  /** The certificates that the server shows, its own first; none: it speaks plain HTTP. */
  readonly chain: readonly Made[];
  /** Other options of the server. */
  readonly tls?: TlsOptions;
  /** How the server is dialled; the name of the machine when not given. */
  readonly host?: string;
  /** What is said while nothing is trusted; `UNKNOWN` when not given. */
  readonly before?: Words;
  /** What is put into the engine's folder for this server. */
  readonly trust?: readonly Made[];
  /** What is said after that; `ACCEPTED` when not given. */
  readonly after?: Words;
}

/** The names and addresses under which the rows’ servers are reached: not loopback, which engines trust anyway. */
export const NAME = 'machine.test';
export const IP = '10.77.0.1';
export const IPV6 = 'fd77::1';

const DAY = 86_400_000;

/** The time some days from now, to the second. */
export const on = (days: number) => new Date(Date.now() + days * DAY).toISOString();

const valid = { notBefore: on(-1), notAfter: on(30) };

/** A server's certificate, valid now. */
export const make = (wish: Wish = {}): Made => makeAt({ ...valid, names: [NAME], ...wish });

/** An authority, valid now. */
export const makeCa = (wish: Wish = {}): Made => makeCaAt({ ...valid, ...wish });

/** Engines look at the clock a moment later than Regent. */
export const withoutClock = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'T');
