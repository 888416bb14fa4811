import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../fakes/registry.ts';
import { ada, adaHeader, calm, collect, openClient, openFake } from './open-fake.ts';

const OWN = '/api/v2.0/repositories';
const harbors = { status: 401, headers: { 'www-authenticate': 'Basic realm="harbor"' } };
const bearer = 'Bearer realm="/service/token",service="harbor-registry"';

/** A Harbor whose catalog is for administrators, as its source has it (src/server/middleware/v2auth/auth.go). */
const openHarbor = (own: (request: SeenRequest) => object) =>
  openFake((request) => {
    const { path, headers } = request;
    if (path === '/service/token') return { body: { token: 'good', expires_in: 1800 } };
    if (path === '/v2/_catalog') return harbors;
    if (path === OWN) {
      // Nobody in particular sees what is public.
      if (headers.authorization === undefined) return { body: [] };
      return headers.authorization === adaHeader ? own(request) : { status: 401 };
    }
    const isIn = headers.authorization === 'Bearer good';
    return isIn ? { body: {} } : { status: 401, headers: { 'www-authenticate': bearer } };
  });
const list = (fake: Awaited<ReturnType<typeof openHarbor>>) =>
  collect(openClient(fake, { credentials: async () => ada }).listRepositories(calm));

describe('the repositories of a Harbor', () => {
  it('are those that the login may see, where the catalog is not for it', async () => {
    const fake = await openHarbor(({ query }) =>
      query.get('page') === '1'
        ? {
            headers: { link: `<${OWN}?page=2&page_size=100>; rel="next"` },
            body: [{ name: 'team/api', artifact_count: 3 }, { name: 'team/web' }],
          }
        : { body: [{ name: 'library/a/b' }, { name: '../x' }, { name: 7 }, {}] },
    );
    expect(await list(fake)).toEqual([['team/api', 'team/web'], ['library/a/b']]);
  });

  it.each([400, 401, 403, 404])('are not listed where that answers %i, too', async (status) => {
    const fake = await openHarbor(() => ({ status }));
    await expect(list(fake)).rejects.toHaveProperty('code', 'CATALOG_UNAVAILABLE');
  });

  it('are no nonsense', async () => {
    for (const body of [{}, 'x', [1], null]) {
      const fake = await openHarbor(() => ({ body }));
      await expect(list(fake)).rejects.toHaveProperty('code', 'REGISTRY_RESPONSE_INVALID');
    }
  });

  it('are asked for nowhere else: other registries get no such question', async () => {
    const fake = await openFake(({ path, headers }) => {
      if (headers.authorization === undefined) {
        return { status: 401, headers: { 'www-authenticate': 'Basic realm="Registry"' } };
      }
      return path === '/v2/' ? { body: {} } : { status: 403 };
    });
    await expect(list(fake)).rejects.toHaveProperty('code', 'CATALOG_UNAVAILABLE');
    expect(fake.seen.filter(({ path }) => path === OWN)).toEqual([]);
  });
});
