import { RegentError } from '../../shared/errors/index.ts';

/** What proves both sides of a TLS connection to an engine; PEM texts. */
export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Where an engine listens. `url` is as in `DOCKER_HOST`. */
export type Endpoint =
  | { readonly kind: 'socket'; readonly url: string; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly url: string;
      readonly host: string;
      readonly port: number;
      readonly tls: TlsMaterial | null;
    };

/** The docker CLI's default ports, without and with TLS. */
const PORT_PLAIN = 2375;
const PORT_TLS = 2376;

/**
 * Reads a host as in `DOCKER_HOST`: `unix://PATH`, `npipe://PATH`, `tcp://HOST[:PORT]`, `http(s)://`, or a bare
 * `HOST:PORT`. With `tls` a tcp connection is encrypted, and always verified.
 * @throws RegentError `ENGINE_UNSUPPORTED` for `ssh://` and anything else
 */
export function parseEndpoint(url: string, tls: TlsMaterial | null): Endpoint {
  const [, scheme = 'tcp', rest = url] = /^([a-z]+):\/\/(.*)$/s.exec(url) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') {
    if (!rest) throw new RegentError('ENGINE_UNSUPPORTED', { endpoint: url });
    return { kind: 'socket', url, path: rest };
  }
  const server = /^(tcp|https?)$/.test(scheme) ? readServer(rest) : undefined;
  if (!server) throw new RegentError('ENGINE_UNSUPPORTED', { endpoint: url });
  const material = scheme === 'https' ? (tls ?? {}) : tls;
  return {
    kind: 'tcp',
    url,
    host: server.host,
    port: server.port ?? (material ? PORT_TLS : PORT_PLAIN),
    tls: material,
  };
}

/** Whether a secret can be said to the engine unheard: not over a network without TLS. */
export function isConfidential(endpoint: Endpoint): boolean {
  if (endpoint.kind === 'socket' || endpoint.tls) return true;
  return endpoint.host === 'localhost' || endpoint.host === '::1' || /^127\./.test(endpoint.host);
}

/** A socket or named pipe as an endpoint. */
export function socketEndpoint(path: string): Endpoint {
  return {
    kind: 'socket',
    url: path.startsWith('//') ? `npipe://${path}` : `unix://${path}`,
    path,
  };
}

function readServer(text: string): { host: string; port: number | undefined } | undefined {
  const parts = /^(?:\[([0-9A-Fa-f:]+)\]|([^:/[\]@?#\s]+))(?::(\d{1,5}))?\/?$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  const port = parts?.[3] === undefined ? undefined : Number(parts[3]);
  return host === undefined || (port !== undefined && port > 65535) ? undefined : { host, port };
}
