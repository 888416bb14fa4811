import { oid, seq, tlv } from '../write-der.ts';

const uses = { servers: '1.3.6.1.5.5.7.3.1', mail: '1.3.6.1.5.5.7.3.4' };

/** A certificate as `openssl x509 -trustout` writes it, with what it is trusted and rejected for. */
export function trustedBlock(
  der: Uint8Array,
  {
    trusted,
    rejected,
  }: { readonly trusted?: keyof typeof uses; readonly rejected?: keyof typeof uses } = {},
): string {
  const aux = seq(
    ...(trusted ? [seq(oid(uses[trusted]))] : []),
    ...(rejected ? [tlv(0xa0, oid(uses[rejected]))] : []),
  );
  const text = Buffer.concat([der, aux]).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN TRUSTED CERTIFICATE-----\n${text}\n-----END TRUSTED CERTIFICATE-----\n`;
}
