import { beforeAll, describe, expect, it } from 'vitest';
import { type Made, make, NOW } from '../make-certificate.ts';
import { registry, startTls } from '../test-server.ts';
import { lookAt } from './look-at.ts';

describe('the clocks of this machine and of a registry', () => {
  let expired: Made;
  let early: Made;

  beforeAll(() => {
    expired = make({ notAfter: '2026-05-01T00:00:00Z' });
    early = make({ notBefore: '2026-07-01T00:00:00Z' });
  });

  const look = async (made: Made, date: string) => {
    const server = await startTls([made], (request, response) => {
      response.sendDate = false;
      if (date) response.setHeader('Date', date);
      registry(request, response);
    });
    const { report } = await lookAt(`reg.test:${server.port}`);
    await server.stop();
    return report;
  };
  const http = (time: string) => new Date(time).toUTCString();

  it.each([
    ['expired here, valid by the server’s clock', () => expired, '2026-04-01T12:00:00Z', 'valid'],
    [
      'not valid here yet, valid by the server’s clock',
      () => early,
      '2026-07-02T00:00:00Z',
      'valid',
    ],
    ['not valid by either', () => expired, '2026-08-01T00:00:00Z', 'invalid'],
  ])('differ: %s', async (_, made, there, byServer) => {
    const { problems, address } = await look(made(), http(there));
    expect(problems.map(({ code }) => code)).toEqual([
      byServer && made() === early ? 'CERT_NOT_YET_VALID' : 'CERT_EXPIRED',
      'CLOCK_DIFFERS',
    ]);
    const here = new Date(NOW).toISOString();
    const data = { address, here, there: new Date(there).toISOString(), byServer };
    expect(problems[1]?.data).toEqual(data);
  });

  it.each([
    ['they agree', http('2026-06-01T00:03:00Z')],
    ['the server does not tell', ''],
    ['the server tells nonsense', 'tomorrow'],
  ])('are no matter where %s', async (_, date) => {
    const { problems } = await look(expired, date);
    expect(problems.map(({ code }) => code)).toEqual(['CERT_EXPIRED']);
  });

  it('are no matter where the certificate is valid', async () => {
    const { problems } = await look(make(), http('2020-01-01T00:00:00Z'));
    expect(problems.map(({ code }) => code)).toEqual(['CERT_UNTRUSTED']);
  });
});
