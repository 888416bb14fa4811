import type { DerValue } from '../x509/der.ts';
import { publicKeyOf } from '../x509/describe-certificate.ts';
import { extensionId } from '../x509/extensions.ts';
import { unmapIp } from '../x509/ip.ts';
import { generalName } from '../x509/names.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { refusalOfConstraints } from './constraint-refusal.ts';
import { isDomain } from './mailbox.ts';

/**
 * What today's Go says (crypto/x509 ParseCertificate) of a certificate that it will not even read, although it can be
 * read: one such among those a server shows, be it of no use, ends the connection.
 * @returns undefined when Go takes no offence
 */
export function goRefusal(certificate: ReadCertificate): string | undefined {
  const words =
    refusalOfKey(certificate) ?? refusalOfExtensions(certificate) ?? refusalOfNames(certificate);
  return words === undefined ? refusalOfConstraints(certificate) : `x509: ${words}`;
}

/** The curves that Go knows, as OpenSSL names them. */
const CURVES = new Set(['secp224r1', 'prime256v1', 'secp384r1', 'secp521r1']);

function refusalOfKey(certificate: ReadCertificate): string | undefined {
  const key = publicKeyOf(certificate);
  if (key?.asymmetricKeyType !== 'ec') return undefined;
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  return CURVES.has(curve) ? undefined : 'unsupported elliptic curve';
}

function refusalOfExtensions({ extensionIds, critical }: ReadCertificate): string | undefined {
  const twice = extensionIds.find((oid, index) => extensionIds.indexOf(oid) < index);
  if (twice !== undefined) return `certificate contains duplicate extension with OID "${twice}"`;
  if (critical.includes(extensionId.subjectKeyId)) {
    return 'subject key identifier incorrectly marked critical';
  }
  return critical.includes(extensionId.authorityKeyId)
    ? 'authority key identifier incorrectly marked critical'
    : undefined;
}

function refusalOfNames({ alternativeNames }: ReadCertificate): string | undefined {
  for (const name of alternativeNames?.raw ?? []) {
    const refusal = refusalOfName(name);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function refusalOfName({ tag, body }: DerValue): string | undefined {
  const isText = body.every((octet) => octet < 0x80);
  switch (tag) {
    case generalName.email:
      return isText ? undefined : 'SAN rfc822Name is malformed';
    case generalName.dns:
      return isText ? undefined : 'SAN dNSName is malformed';
    case generalName.uri:
      return isText ? refusalOfUri(body) : 'SAN uniformResourceIdentifier is malformed';
    case generalName.ip:
      if (body.length !== 4 && body.length !== 16) {
        return `cannot parse IP address of length ${body.length}`;
      }
      return unmapIp(body).length < body.length
        ? 'SAN iPAddress contains IPv4-mapped IPv6 address'
        : undefined;
    default:
      return undefined;
  }
}

/** Of what Go's net/url refuses, only the host's shape; the rest no authority would sign. */
function refusalOfUri(body: Uint8Array): string | undefined {
  const uri = Buffer.from(body).toString('latin1');
  const [, host = ''] = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:[]*)/.exec(uri) ?? [];
  return isDomain(host) ? undefined : `cannot parse URI ${JSON.stringify(uri)}: invalid domain`;
}
