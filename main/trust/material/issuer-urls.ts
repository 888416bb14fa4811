import { readDer, readDerList, readObjectId, readSequence, tags } from '../x509/der.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';

const AUTHORITY_INFORMATION = '1.3.6.1.5.5.7.1.1';
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2';
const URI = 0x86;
const MOST = 4;
const LONGEST = 2048;

/**
 * Where a certificate says that its issuer's certificate is (RFC 5280, 4.2.2.1), as far as that is plain HTTP:
 * for HTTPS, the issuer would have to be known already. Credentials in a URL are no URL for us.
 */
export function issuerUrls(certificate: ReadCertificate): readonly URL[] {
  return textsOf(certificate)
    .flatMap((text) => (text.length <= LONGEST && URL.canParse(text) ? [new URL(text)] : []))
    .filter((url) => url.protocol === 'http:' && url.username === '' && url.password === '')
    .slice(0, MOST);
}

function textsOf({ der }: ReadCertificate): readonly string[] {
  try {
    const signed = readDerList(readSequence(der)[0]?.body ?? new Uint8Array());
    const field = signed.find(({ tag }) => tag === 0xa3);
    const extensions = field ? readSequence(field.body) : [];
    return extensions.flatMap(({ body }) => {
      const [oid, ...rest] = readDerList(body);
      const value = rest.at(-1);
      const isWanted = readObjectId(oid) === AUTHORITY_INFORMATION;
      return isWanted && value?.tag === tags.octetString ? readDescriptions(value.body) : [];
    });
  } catch {
    return [];
  }
}

function readDescriptions(value: Uint8Array): readonly string[] {
  return readDerList(readDer(value).body).flatMap(({ body }) => {
    const [method, location] = readDerList(body);
    const isUrl = readObjectId(method) === CA_ISSUERS && location?.tag === URI;
    return isUrl ? [Buffer.from(location.body).toString('latin1')] : [];
  });
}
