import type { RegistryClientOptions } from '../../../../main/registry/client.ts';
import type { Reply, SeenRequest } from '../../../fakes/registry.ts';
import { answerV1, type V1Setup } from '../../../lab/v1-answers.mjs';
import { v1Content } from '../../../lab/v1-images.ts';
import { openClient, openFake } from '../open-fake.ts';

/** How the fake differs from one of version 0.9 for everybody, with a search; and what it answers in place of the truth. */
export interface V1Wish extends Partial<V1Setup> {
  readonly instead?: (request: SeenRequest) => Reply | undefined;
}

/** A fake of the first generation with what `v1Content` holds, and a client for it. Both end with the test. */
export async function openV1(
  { instead = () => undefined, ...wish }: V1Wish = {},
  options: Partial<RegistryClientOptions> = {},
) {
  const content = await v1Content();
  const search = Object.keys(content.repositories).map((name) => ({ name, description: 'old' }));
  const setup: V1Setup = {
    ...{ version: '0.9', standalone: 'True', login: null, storage: null, endpoints: [], search },
    ...content,
    ...wish,
  };
  const fake = await openFake((request) => {
    const { path, query, headers } = request;
    // The index names the host by which it was asked.
    const endpoints = wish.endpoints ?? [headers.host ?? ''];
    return instead(request) ?? answerV1({ ...setup, endpoints }, { path, query, headers });
  });
  return { fake, client: openClient(fake, options), content };
}
