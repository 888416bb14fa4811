/**
 * How the registry stands on the network:
 * `tls-login` own TLS, htpasswd · `tls-open` own TLS, no login · `plain` HTTP, no login · `plain-login` HTTP,
 * htpasswd · `nginx-login` as a 2016 blog post sets it up: nginx ends TLS on 443 and asks for the password.
 */
export type RegistryVariant = 'tls-login' | 'tls-open' | 'plain' | 'plain-login' | 'nginx-login';

/** A running registry: plain data, so that it can be handed to other processes. */
export interface RegistryFacts {
  readonly variant: RegistryVariant;
  /** What a person types: `host:port`, or only the host for port 443. */
  readonly address: string;
  readonly host: string;
  readonly ip: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  /** The certificate authority to trust, and the server's own certificate; empty for plain HTTP. */
  readonly caPem: string;
  readonly leafPem: string;
  /** SHA-256 of their DER bytes, 64 lower-case hexadecimal digits; empty for plain HTTP. */
  readonly caSha256: string;
  readonly leafSha256: string;
  /** The login, random for each start; empty where none is asked for. */
  readonly username: string;
  readonly password: string;
  /** Where the registry keeps its data on disk (`docker/registry/v2/…` below it). */
  readonly storagePath: string;
  /** The registry's access log (one line per request, common log format) and errors; also behind nginx its own. */
  readonly logPath: string;
}
