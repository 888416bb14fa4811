import type { ServerNames } from './server-names.ts';

/** What browsers and Apple's systems still accept for a server's certificate, in days. */
const LEAF_DAYS = 397;
const CA_DAYS = 3650;
/** The longest common name (RFC 5280, A.1). */
const LONGEST_CN = 64;

/**
 * Shell commands that make an authority of one's own and a server certificate by it, with what Docker's Go asks
 * for. They run with OpenSSL 1.1.1 and 3 and ask nothing. All extensions come from a file of their own: with
 * `-addext`, OpenSSL 1.1.1 adds those of the system's file too, and Go refuses an extension that is there twice.
 * The authority's key stays in a folder of its own, so that the server needs no access to it.
 */
export function makeCertificateCommands(names: ServerNames): string {
  const [first] = names;
  const host = first.replace(/^(DNS|IP):/, '');
  const cn = host.length <= LONGEST_CN ? host : 'registry';
  return `${lines(names, cn).join('\n')}\n`;
}

function lines(names: ServerNames, cn: string): readonly string[] {
  return [
    'umask 077',
    'mkdir -p registry-ca registry-tls',
    "cat > registry-ca/openssl.cnf <<'END'",
    ...['[req]', 'prompt = no', 'distinguished_name = name'],
    ...['[name]', `CN = ${cn}`],
    '[ca]',
    'basicConstraints = critical, CA:TRUE, pathlen:0',
    'keyUsage = critical, keyCertSign, cRLSign',
    'subjectKeyIdentifier = hash',
    '[server]',
    'basicConstraints = critical, CA:FALSE',
    'keyUsage = critical, digitalSignature',
    'extendedKeyUsage = serverAuth',
    'subjectKeyIdentifier = hash',
    'authorityKeyIdentifier = keyid',
    `subjectAltName = ${names.join(', ')}`,
    'END',
    'openssl ecparam -name prime256v1 -genkey -noout -out registry-ca/ca.key',
    `openssl req -x509 -new -sha256 -days ${CA_DAYS} -config registry-ca/openssl.cnf -extensions ca ` +
      '-subj "/CN=Registry CA $(date +%F)" -key registry-ca/ca.key -out registry-ca/ca.crt',
    'openssl ecparam -name prime256v1 -genkey -noout -out registry-tls/server.key',
    'openssl req -new -sha256 -config registry-ca/openssl.cnf -key registry-tls/server.key -out registry-ca/server.csr',
    `openssl x509 -req -sha256 -days ${LEAF_DAYS} -in registry-ca/server.csr -CA registry-ca/ca.crt ` +
      '-CAkey registry-ca/ca.key -set_serial "0x$(openssl rand -hex 15)" ' +
      '-extfile registry-ca/openssl.cnf -extensions server -out registry-ca/server.crt',
    'cat registry-ca/server.crt registry-ca/ca.crt > registry-tls/server.crt',
    'chmod 755 registry-tls',
    'chmod 644 registry-tls/server.crt registry-ca/ca.crt',
  ];
}
