import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  AUTHORITY_FILE_LIMIT,
  readAuthorityFile,
} from '../../../../main/trust/material/read-authority-file.ts';
import { type Made, make, makeCa } from '../make-certificate.ts';
import { writeEndlessPkcs7, writeLabelled, writePkcs7 } from './write-pkcs7.ts';

const path = '/home/me/ca.crt';

describe('a file of certificates', () => {
  let ca: Made;
  let leaf: Made;
  let modern: Made;

  beforeAll(() => {
    ca = makeCa({ key: 'rsa' });
    leaf = make({ by: ca });
    modern = makeCa({ cn: 'Modern CA', key: 'ed25519' });
  });

  const read = (content: string | Uint8Array, password?: string) =>
    readAuthorityFile(Buffer.from(content), { path, password });
  const found = (content: string | Uint8Array) => {
    const { form, certificates } = read(content);
    return [form, certificates.map(({ sha256 }) => sha256)];
  };
  const shas = (...made: readonly Made[]) => made.map(({ cert }) => cert.sha256);

  it('may be PEM with anything around the blocks, in any editor’s form', () => {
    const text = `Our CA:\n${ca.pem}\nserver:\n${leaf.pem}-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n`;
    const expected = ['pem', shas(ca, leaf)];
    expect(found(text)).toEqual(expected);
    expect(found(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual(expected);
    expect(found(text.trimEnd())).toEqual(expected);
    expect(found(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(expected);
  });

  it('may be DER, of any key type', () => {
    expect(found(modern.der)).toEqual(['der', shas(modern)]);
    expect(found(Buffer.concat([modern.der, Buffer.from('\r\n')]))).toEqual(['der', shas(modern)]);
  });

  it('may be PKCS#7, as DER, as PEM and with indefinite lengths', () => {
    const ders = [ca.der, modern.der, leaf.der];
    const expected = ['pkcs7', shas(ca, modern, leaf)];
    expect(found(writePkcs7(ders))).toEqual(expected);
    expect(found(writeEndlessPkcs7(ders))).toEqual(expected);
    expect(found(writeLabelled('PKCS7', writePkcs7(ders)))).toEqual(expected);
  });

  it('has each certificate once, and may have some that nobody can read', () => {
    const broken = writeLabelled('CERTIFICATE', Buffer.from('broken'));
    expect(found(`${ca.pem}${broken}${leaf.pem}${ca.pem}`)).toEqual(['pem', shas(ca, leaf)]);
  });

  it('holds no private key of any kind', () => {
    const sec1 = modern.key.export({ type: 'pkcs8', format: 'der' });
    const refused = { code: 'CA_FILE_PRIVATE_KEY', data: { path } };
    for (const content of [
      `${ca.pem}${ca.keyPem}`,
      `${ca.key.export({ type: 'pkcs1', format: 'pem' })}${ca.pem}`,
      `${leaf.key.export({ type: 'sec1', format: 'pem' })}`,
      `${ca.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })}`,
      ca.key.export({ type: 'pkcs1', format: 'der' }),
      sec1,
    ]) {
      expect(() => read(content)).toThrowError(expect.objectContaining(refused));
    }
  });

  it('is told from OpenSSL’s own form, which Docker does not read', () => {
    const trusted = writeLabelled('TRUSTED CERTIFICATE', ca.der);
    expect(() => read(trusted)).toThrowError(
      expect.objectContaining({ code: 'CA_FILE_UNSUPPORTED', data: { path, reason: 'trusted' } }),
    );
    expect(found(`${trusted}${leaf.pem}`)).toEqual(['pem', shas(leaf)]);
  });

  it.each([
    ['nothing', ''],
    ['a text', 'hello'],
    ['a block without its end', '-----BEGIN CERTIFICATE-----\nAAAA\n'],
    ['an empty message', writePkcs7([])],
    ['other DER', Buffer.from('3003020105', 'hex')],
  ])('says when there is no certificate: %s', (_, content) => {
    expect(() => read(content)).toThrowError(
      expect.objectContaining({ code: 'CA_FILE_INVALID', data: { path } }),
    );
  });

  it('has an end', () => {
    expect(() => read(Buffer.alloc(AUTHORITY_FILE_LIMIT + 1, 'a'))).toThrowError(
      expect.objectContaining({ data: { path, reason: 'tooBig' } }),
    );
    const many = writeLabelled('CERTIFICATE', Buffer.from('x')).repeat(2001);
    expect(() => read(many)).toThrowError(
      expect.objectContaining({ data: { path, reason: 'tooMany' } }),
    );
  });

  const isRead = (content: string | Uint8Array) => {
    try {
      expect(read(content, 'password').certificates.length).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toMatchObject({
        name: 'RegentError',
        code: expect.stringMatching(/^CA_FILE_/),
        data: { path },
      });
    }
  };

  it('is a certificate file or said to be none, whatever the text is', () => {
    const piece = fc.oneof(
      fc.constantFrom(ca.pem, leaf.pem, '\n', '\r', '\ufeff', 'MIIB', '-----', ':'),
      fc
        .tuple(
          fc.constantFrom('BEGIN', 'END'),
          fc.constantFrom('CERTIFICATE', 'PKCS7', 'PRIVATE KEY'),
        )
        .map(([edge, label]) => `-----${edge} ${label}-----\n`),
      fc.base64String().map((text) => `${text}\n`),
      fc.string(),
    );
    fc.assert(fc.property(fc.array(piece), (pieces) => isRead(pieces.join(''))));
  });

  it('is a certificate file or said to be none, whichever bytes are changed', () => {
    const whole = [ca.der, writePkcs7([ca.der, leaf.der]), writeEndlessPkcs7([leaf.der])];
    const changes = fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...whole), changes, fc.nat(4000), (bytes, list, cut) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of list) copy[at % copy.length] = value;
        isRead(copy.subarray(0, 1 + (cut % copy.length)));
      }),
      { numRuns: 500 },
    );
  });

  it('ends nested values before they end the stack', () => {
    isRead(Buffer.alloc(1_000_000, Buffer.from([0x30, 0x80])));
    isRead(
      Buffer.concat([
        Buffer.from('308006092a864886f70d010702a080', 'hex'),
        Buffer.alloc(900_000, Buffer.from([0x30, 0x80])),
      ]),
    );
  });
});
