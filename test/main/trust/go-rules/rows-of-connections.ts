import { createSecureContext, type TlsOptions } from 'node:tls';
import { IP, make, makeCa, NAME, type Row } from './row.ts';

const ca = makeCa({ key: 'rsa' });
const leaf = make({ by: ca, key: 'rsa' });
const only = (version: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') => ({
  minVersion: version,
  maxVersion: version,
});
const TOO_OLD = 'remote error: tls: protocol version not supported';
const PLAIN = 'http: server gave HTTP response to HTTPS client';
const demanding = { requestCert: true, rejectUnauthorized: true, ca: ca.pem };

const byName = make({ by: ca });
const byAddress = make({ by: ca, names: [IP] });

/** Shows one certificate to those that ask for it by name (RFC 6066, 3), and another one to those that do not ask. */
const choosing: TlsOptions = {
  SNICallback: (name, answer) => {
    const context = createSecureContext({ cert: byName.pem, key: byName.keyPem });
    answer(null, name === NAME ? context : undefined);
  },
};

/** Servers that speak in another way, or ask for more. */
export const rowsOfConnections: readonly Row[] = [
  {
    what: 'a certificate that is asked for by name',
    chain: [byAddress],
    tls: choosing,
    trust: [ca],
  },
  {
    what: 'a certificate that no name is asked for',
    chain: [byAddress],
    tls: choosing,
    host: IP,
    trust: [ca],
  },
  {
    what: 'TLS 1.0 only',
    chain: [leaf],
    tls: only('TLSv1'),
    before: TOO_OLD,
    trust: [ca],
    after: TOO_OLD,
  },
  {
    what: 'TLS 1.1 only',
    chain: [leaf],
    tls: only('TLSv1.1'),
    before: TOO_OLD,
    trust: [ca],
    after: TOO_OLD,
  },
  { what: 'plain HTTP', chain: [], before: PLAIN, after: PLAIN },
  {
    what: 'a client certificate demanded, TLS 1.2',
    chain: [leaf],
    tls: { ...demanding, ...only('TLSv1.2') },
    trust: [ca],
    after: 'remote error: tls: handshake failure',
  },
  {
    what: 'a client certificate demanded, TLS 1.3',
    chain: [leaf],
    tls: { ...demanding, ...only('TLSv1.3') },
    trust: [ca],
    after: 'remote error: tls: certificate required',
  },
  {
    what: 'a client certificate wished for',
    chain: [leaf],
    tls: { requestCert: true, rejectUnauthorized: false },
    trust: [ca],
  },
];
