import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { buildx } from '../../../../main/trust/targets/buildx.ts';
import { podmanMachine } from '../../../../main/trust/targets/podman-machine.ts';
import type { Machine, TrustWish } from '../../../../main/trust/targets/target.ts';

const wish: TrustWish = {
  ...{
    address: 'reg.test:5000',
    client: null,
    plainHttp: false,
    withdrawn: false,
    aside: [],
    replaced: [],
  },
  certificates: [{ pem: '', sha256: 'ab'.repeat(32) }],
};

function machineOf(home: string, names: readonly string[]): Machine {
  return {
    places: {
      ...{ platform: 'linux', root: '/', home, configHome: `${home}/.config`, runtimeDir: null },
      ...{ dockerConfig: `${home}/.docker`, data: `${home}/data`, systemStore: null },
    },
    exists: async () => true,
    readText: async () => '{"Driver":"docker-container"}',
    names: async () => names,
    which: async () => undefined,
  };
}

const commandsOf = async (consumer: typeof buildx, machine: Machine) =>
  ((await consumer.notes?.(wish, machine)) ?? []).map(({ facts }) => facts.command);

describe('commands in notes', () => {
  it.each(["/home/o'hara", "/home/a'; touch pwned; '", '/home/$(touch pwned)', '/home/a b'])(
    'name one file of the person, whatever the home is called: %s',
    async (home) => {
      const [command = ''] = await commandsOf(podmanMachine, machineOf(home, []));
      const redirected = String(command).split(' < ')[1] ?? '';
      // What the shell makes of it is one word again.
      const script = `printf '%s|' ${redirected}`;
      const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
      expect(words).toBe(
        `${home}/.config/containers/certs.d/reg.test:5000/regent-abababababababab.crt|`,
      );
    },
  );

  it('name only builders that buildx could have made', async () => {
    const names = ['mine', 'b-1.x_y', '--all', '-f', '1st', '.hidden', 'a b', 'x;y', 'a$(id)'];
    const commands = await commandsOf(buildx, machineOf('/home/me', names));
    expect(commands).toEqual(
      ['mine', 'b-1.x_y'].map(
        (name) =>
          `docker buildx rm --keep-state ${name} && docker buildx create --name ${name} --driver docker-container`,
      ),
    );
  });
});
