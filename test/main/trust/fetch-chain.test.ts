import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchChain } from '../../../main/trust/fetch-chain.ts';
import { readSealedHandshake } from '../../../main/trust/probe/sealed-handshake.ts';
import { type Made, make, makeCa } from './make-certificate.ts';
import { registry, startTls, type TestServer } from './test-server.ts';

const ca = makeCa();
const middle = makeCa({ cn: 'Middle', by: ca });
const leaf = make({ by: middle });
const stranger = makeCa({ cn: 'Stranger' });
const again = makeCa({ cn: 'Middle', by: stranger, keyOf: middle });

describe('the presented chain', () => {
  let server: TestServer | undefined;
  afterEach(async () => server?.stop());

  async function fetchFrom(chain: readonly Made[], options: object) {
    server = await startTls(chain, registry, options);
    const socket = connect(server.port, '127.0.0.1');
    const outcome = await fetchChain(socket, 'reg.test', new AbortController().signal);
    if (outcome.kind !== 'open') throw new Error(outcome.kind);
    outcome.socket.destroy();
    const sent = chain.map(({ cert }) => cert.sha256);
    const hex = outcome.chain.map((der) => Buffer.from(der).toString('hex'));
    const index = new Map(
      chain.map(({ der, cert }) => [Buffer.from(der).toString('hex'), cert.sha256]),
    );
    return { got: hex.map((der) => index.get(der)), sent };
  }

  const ways = [
    { maxVersion: 'TLSv1.2' },
    ...['AES_128_GCM_SHA256', 'AES_256_GCM_SHA384', 'CHACHA20_POLY1305_SHA256'].map((suite) => ({
      minVersion: 'TLSv1.3',
      ciphers: `TLS_${suite}`,
    })),
    // The server asks for a curve that was not offered first: it greets twice.
    { minVersion: 'TLSv1.3', ecdhCurve: 'P-521' },
  ];

  it.each(ways)('is taken whole and in its order: %j', async (options) => {
    const chain = [leaf, ca, stranger, again, middle, stranger];
    const { got, sent } = await fetchFrom(chain, options);
    expect(got).toEqual(sent);
  });

  it('is taken whole when it fills several records', async () => {
    const crowd = Array.from({ length: 30 }, () => again);
    const { got, sent } = await fetchFrom([leaf, ...crowd], { minVersion: 'TLSv1.3' });
    expect(got).toEqual(sent);
  });
});

describe('an encrypted handshake', () => {
  it('is not read when it is something else', () => {
    const secret = Buffer.alloc(32);
    expect(readSealedHandshake(new Uint8Array(), secret)).toBeUndefined();
    expect(readSealedHandshake(Buffer.from('HTTP/1.1 400 Bad Request'), secret)).toBeUndefined();
    const sealed = Buffer.concat([Buffer.from([23, 3, 3, 0, 20]), Buffer.alloc(20)]);
    expect(readSealedHandshake(sealed, secret)).toBeUndefined();
  });
});
