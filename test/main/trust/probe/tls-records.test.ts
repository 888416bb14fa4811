import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSealedHandshake } from '../../../../main/trust/probe/sealed-handshake.ts';
import {
  classifyFirstBytes,
  readClearHandshake,
} from '../../../../main/trust/probe/tls-records.ts';
import { make } from '../make-certificate.ts';

const octets = (value: number, count: number) => {
  const bytes = Buffer.alloc(count);
  bytes.writeUIntBE(value, 0, count);
  return bytes;
};
const withLength = (count: number, body: Uint8Array) =>
  Buffer.concat([octets(body.length, count), body]);
const message = (type: number, body: Uint8Array) =>
  Buffer.concat([octets(type, 1), withLength(3, body)]);
const record = (type: number, body: Uint8Array) =>
  Buffer.concat([Buffer.from([type, 3, 3]), withLength(2, body)]);

describe('the first bytes from a server', () => {
  const { der } = make();
  const hello = message(2, Buffer.concat([Buffer.from('0303', 'hex'), Buffer.alloc(36)]));
  const certificates = message(11, withLength(3, withLength(3, der)));
  const request = message(13, Buffer.alloc(4));

  it('are told apart', () => {
    expect(classifyFirstBytes(Buffer.from('HTTP/1.1 400'))).toBe('http');
    expect(classifyFirstBytes(Buffer.from('SSH-2.0'))).toBe('other');
    expect(classifyFirstBytes(new Uint8Array())).toBe('nothing');
    expect(classifyFirstBytes(record(0x15, Buffer.from([2, 40])))).toBe('tls');
  });

  it('hold the chain and the question for a client certificate, in one record or in several', () => {
    const whole = Buffer.concat([hello, certificates, request]);
    const pieces = [whole.subarray(0, 100), whole.subarray(100)].map((part) => record(0x16, part));
    for (const bytes of [record(0x16, whole), Buffer.concat(pieces)]) {
      const { chain, asksForClientCertificate, tooOld } = readClearHandshake(bytes);
      expect(chain.map((each) => Buffer.from(each))).toEqual([Buffer.from(der)]);
      expect([asksForClientCertificate, tooOld]).toEqual([true, undefined]);
    }
  });

  it('show a server that speaks nothing as new as TLS 1.2', () => {
    const refused = record(0x15, Buffer.from([2, 70]));
    expect(readClearHandshake(refused).tooOld).toEqual({ kind: 'refused' });
    expect(readClearHandshake(record(0x15, Buffer.from([2, 40]))).tooOld).toBeUndefined();
    const old = message(2, Buffer.from('030200', 'hex'));
    expect(readClearHandshake(record(0x16, old)).tooOld).toEqual({ kind: 'chosen', minor: 2 });
  });

  it('never bring the reader down, whatever they are', () => {
    const whole = Buffer.concat([
      record(0x16, Buffer.concat([hello, certificates])),
      record(0x17, der),
    ]);
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 });
    const secret = Buffer.alloc(32);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), changes), fc.nat(), (input, cut) => {
        const bytes = Buffer.from(whole);
        const isRaw = input instanceof Uint8Array;
        if (!isRaw) for (const [at, value] of input) bytes[at % bytes.length] = value;
        const received = isRaw ? input : bytes.subarray(0, cut % (bytes.length + 1));
        classifyFirstBytes(received);
        readClearHandshake(received);
        readSealedHandshake(received, secret);
      }),
      { numRuns: 1000 },
    );
  });
});
