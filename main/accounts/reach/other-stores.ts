import type { OtherStore } from '../../../shared/model/helper-status.ts';
import { plainText } from '../../../shared/model/plain-text.ts';
import { isRegent } from '../docker-config/config-edit.ts';
import { hubOfToken, shownAddress } from '../server-key.ts';
import { defaultHelper } from './docker-lookup.ts';
import type { SetUp } from './set-up.ts';

/**
 * What docker's settings give to helpers of others, and what those keep already, by their own lists. A helper that is
 * gone keeps nothing; one that does not answer is known by the routes to it alone.
 */
export function findOtherStores(setUp: SetUp): readonly OtherStore[] {
  const { docker, ownChoice, health } = setUp;
  if (!docker) return [];
  const byDefault = defaultHelper(docker, ownChoice);
  const named = new Set([...docker.routes.values(), ...(byDefault ? [byDefault] : [])]);
  return [...named]
    .filter((helper) => helper !== '' && !isRegent(helper))
    .filter((helper) => health.get(helper)?.kind !== 'gone')
    .map((helper) => {
      const state = health.get(helper);
      const routed = [...docker.routes].flatMap(([key, name]) => (name === helper ? [key] : []));
      const keys = [...routed, ...(state?.kind === 'works' ? state.keys : [])];
      const registries = keys.filter((key) => key !== '' && hubOfToken(key) === undefined);
      const addresses = registries.map((key) => plainText(shownAddress(key), 200));
      return {
        helper: plainText(helper, 100),
        isDefault: helper === byDefault,
        addresses: [...new Set(addresses)].sort(),
      };
    });
}
