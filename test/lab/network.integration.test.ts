import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { request } from 'undici';
import { expect, it } from 'vitest';
import { callRegistry } from './call-registry.ts';
import { describeWithLab } from './describe-with-lab.ts';
import { closedHost, silentHost, takeSpareHost, unknownHostName } from './hosts.ts';
import { startWebsite } from './website.ts';

/** How a TCP connection to port 5000 goes within 300 ms. */
function tryToConnect(host: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 5000 });
    const settle = (word: string) => {
      socket.destroy();
      resolve(word);
    };
    socket.setTimeout(300, () => settle('nothing'));
    socket.once('connect', () => settle('connected'));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? 'error'));
  });
}

describeWithLab('the lab network', [], () => {
  it('has a host where no port is open', async () => {
    expect(await tryToConnect(closedHost.name)).toBe('ECONNREFUSED');
  });

  it('has a host that never answers', async () => {
    expect(await tryToConnect(silentHost.name)).toBe('nothing');
  });

  it('knows at once that a name does not exist', async () => {
    await expect(lookup(unknownHostName)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('gives every host away only once', async () => {
    const [one, two] = [takeSpareHost(), takeSpareHost()];
    expect(one.name).not.toBe(two.name);
    expect(await lookup(two.name)).toMatchObject({ address: two.ip });
  });

  it('has websites that are no registries', async () => {
    const plain = await startWebsite('plain');
    const page = await request(`http://${plain.address}/v2/`);
    expect(page.statusCode).toBe(200);
    expect(await page.body.text()).toContain('My NAS');

    const tls = await startWebsite('tls');
    const login = { ...tls, scheme: 'https', username: 'u', password: 'p' } as const;
    expect((await callRegistry(login, 'GET', '/v2/')).status).toBe(200);
    expect(readFileSync(tls.logPath, 'utf8')).toContain('"authorization":"Basic');
    await Promise.all([plain.stop(), tls.stop()]);
  });
});
