import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';
import { certificateSchema, sha256Schema } from './certificate.ts';

/** What a registry's server turned out to be, decided as Docker (Go) would. */
export const verdictSchema = z.enum([
  'trusted',
  'untrusted',
  'name-mismatch',
  'no-san',
  'expired',
  'not-yet-valid',
  'weak',
  'invalid-chain',
  'plain-http',
  'unreachable',
  'not-a-registry',
]);

/** How the registry asks for a login. Hosts and realms are as the server said them. */
const authChallengeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }).readonly(),
  z.object({ kind: z.literal('basic'), realm: z.string() }).readonly(),
  z
    .object({
      kind: z.literal('bearer'),
      realm: z.string(),
      service: z.string().nullable(),
      /** Host of the realm when it is not the registry's own. */
      foreignHost: z.string().nullable(),
    })
    .readonly(),
  z.object({ kind: z.literal('unsupported'), scheme: z.string() }).readonly(),
]);

/** The steps of a look at a server, in their order. */
const probeStepIdSchema = z.enum(['resolve', 'connect', 'tls', 'api', 'auth']);

/** One step: `facts` fills the words of the catalogue key `probe.<id>.<state>`. */
export const probeStepSchema = z
  .object({
    id: probeStepIdSchema,
    state: z.enum(['running', 'ok', 'attention', 'failed', 'skipped']),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
    problem: problemSchema.nullable(),
  })
  .readonly();

/** A certificate that, once trusted, would make this server acceptable to Docker. */
const trustCandidateSchema = z
  .object({
    sha256: z.string(),
    /** `ca`: its issuer, lasts over renewals. `leaf`: this one certificate until its renewal. */
    kind: z.enum(['ca', 'leaf']),
  })
  .readonly();

/**
 * What the server's administrator can do where trust is no cure, as commands and settings for this very address.
 * `make`: an authority and a certificate, for a shell. `registry`: the command that starts registry:2 with it.
 * `compose`: the same for Docker Compose. `nginx`: a server block in front of a registry. `check`: shows the
 * fingerprint to give to the users.
 */
const adviceSchema = z
  .object({
    /** `renew`: the certificate is to be issued again. `switch-on`: there is no TLS at all. */
    kind: z.enum(['renew', 'switch-on']),
    /** The names that the new certificate will be good for, as subject alternative names: `DNS:…`, `IP:…`. */
    names: z.array(z.string()).readonly(),
    steps: z
      .array(
        z
          .object({
            id: z.enum(['make', 'registry', 'compose', 'nginx', 'check']),
            text: z.string(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

/** All that a look at a server found; nothing was sent that identifies anyone, nothing was changed. */
export const probeReportSchema = z
  .object({
    address: z.string(),
    scheme: z.enum(['https', 'http']).nullable(),
    /** Empty where a proxy finds the server. */
    ips: z.array(z.string()).readonly(),
    /** The proxy that leads to it from here, `host:port`; Docker's engine has settings of its own. */
    proxy: z.string().nullable(),
    tlsVersion: z.string().nullable(),
    /** The presented chain, leaf first; after it, what was fetched. */
    certificates: z.array(certificateSchema).readonly(),
    /**
     * SHA-256 of those certificates that the server left out and that were fetched from where the others say
     * that their issuer is, when that was asked for. Docker does not do that: it sees the presented ones only.
     */
    fetched: z.array(sha256Schema).readonly(),
    verdict: verdictSchema,
    /** What Docker would print, where trust decides it; null on a loopback address, where it accepts anything. */
    dockerSays: z.string().nullable(),
    problems: z.array(problemSchema).readonly(),
    candidates: z.array(trustCandidateSchema).readonly(),
    /** Whether Docker takes the address for this very machine, where it accepts any certificate and plain HTTP. */
    loopback: z.boolean(),
    /** The certificate that was trusted for this address, beside `CERT_CHANGED` only. */
    previous: certificateSchema.nullable(),
    /** Whether the server proved, beside `CERT_CHANGED`, that it still has the key of `previous`: then it was renewed. */
    sameKey: z.boolean(),
    advice: adviceSchema.nullable(),
    api: z.enum(['v2', 'v1']).nullable(),
    auth: authChallengeSchema.nullable(),
  })
  .readonly();

export type Verdict = z.infer<typeof verdictSchema>;
export type AuthChallenge = z.infer<typeof authChallengeSchema>;
export type ProbeStepId = z.infer<typeof probeStepIdSchema>;
export type ProbeStep = z.infer<typeof probeStepSchema>;
export type TrustCandidate = z.infer<typeof trustCandidateSchema>;
export type Advice = z.infer<typeof adviceSchema>;
export type ProbeReport = z.infer<typeof probeReportSchema>;
