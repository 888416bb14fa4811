import { mkdirSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { describeWithLab, newerEngine, startEngine, startPodman } from '../../lab/index.ts';
import { forgetTrust, openLabMachine } from './matrix/lab-machine.ts';
import { startTokenRegistry } from './matrix/token-registry.ts';

const same = 'same-as-pull';
const [engineCode, buildCode] = ['ENGINE_TOKEN_UNTRUSTED', 'BUILD_TOKEN_UNTRUSTED'];

/** An engine that starts with the trust in place: Debian's would not build otherwise. */
const engines = [
  ['20.10', () => startEngine(), 'proven'],
  ['28, classic store', () => newerEngine('classic'), 'proven'],
  ['28, containerd’s store', () => newerEngine('containerd'), engineCode],
] as const;

afterEach(forgetTrust);

describeWithLab('a registry that hands out tokens', ['engine', 'newer-engine', 'buildx'], () => {
  it.each(engines)('is trusted by Docker Engine %s as far as it can', async (_, start, pull) => {
    const tokens = await startTokenRegistry();
    const { address } = tokens;
    const machine = await openLabMachine();
    await machine.trustFor(tokens, ['docker-engine']);
    const engine = await start();
    const dockerHost = `unix://${engine.socketPath}`;
    const user = await openLabMachine({ dockerHost, buildx: true });
    expect(await user.ask('docker-engine', address)).toEqual({
      ...{ 'sign-in': 'proven', pull, push: same, build: buildCode },
    });
    const [, pulled] = await user.prove('docker-engine', address);
    const version = { version: expect.stringMatching(/^28\./) };
    expect(pulled?.problem?.data ?? version).toMatchObject(version);
    // The docker command reads the system's list anew each time, so trust there mends builds at once.
    await machine.trustFor(tokens, ['system']);
    expect(await user.ask('docker-engine', address)).toMatchObject({ pull, build: 'proven' });
    await machine.trust.revoke({ address });
    await engine.stop();
    await tokens.stop();
  });

  it.each(engines)(
    'from a server of another authority tells Docker Engine %s so',
    async (_, start) => {
      const tokens = await startTokenRegistry({ foreign: true });
      const machine = await openLabMachine();
      await machine.trustFor(tokens, ['docker-engine']);
      const engine = await start();
      const dockerHost = `unix://${engine.socketPath}`;
      const user = await openLabMachine({ dockerHost, buildx: true });
      expect(await user.ask('docker-engine', tokens.address)).toEqual({
        ...{ 'sign-in': engineCode, pull: engineCode, push: same, build: buildCode },
      });
      await machine.trust.revoke({ address: tokens.address });
      await engine.stop();
      await tokens.stop();
    },
  );
});

describeWithLab('a registry that hands out tokens, with podman', ['podman'], () => {
  it('is trusted in every way, unless it is another authority’s server that does so', async () => {
    const tools = await startPodman();
    mkdirSync('/var/lib/containers/storage', { recursive: true });
    for (const foreign of [false, true]) {
      const tokens = await startTokenRegistry({ foreign });
      const machine = await openLabMachine();
      await machine.trustFor(tokens, ['podman-root']);
      const all = foreign ? engineCode : 'proven';
      expect(await machine.ask('podman-root', tokens.address)).toEqual({
        ...{ 'sign-in': all, pull: all, push: same, build: all },
      });
      await machine.trust.revoke({ address: tokens.address });
      await tokens.stop();
    }
    await tools.stop();
  });
});
