import { Agent, type Dispatcher, request } from 'undici';
import { mediaTypes } from './image-parts.ts';
import type { RegistryFacts } from './registry-facts.ts';

/** What `callRegistry` needs to know of a registry. */
export type RegistryLogin = Pick<
  RegistryFacts,
  'host' | 'port' | 'scheme' | 'caPem' | 'username' | 'password'
>;

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: Buffer;
}

/** Without these a registry hides or converts the manifests it has. */
const accept = [mediaTypes.oci, mediaTypes.docker]
  .flatMap(({ manifest, index }) => [manifest, index])
  .join(', ');

/**
 * One request to a registry of the lab, signed in and trusting its authority: the tests' own way in, apart from
 * the client under test. Any status is an answer.
 * @param target a path, or the absolute URL that the registry gave as `Location`
 */
export async function callRegistry(
  registry: RegistryLogin,
  method: Dispatcher.HttpMethod,
  target: string,
  body?: { readonly bytes: Buffer; readonly mediaType: string },
): Promise<Answer> {
  const { scheme, host, port, username, password, caPem } = registry;
  const login = Buffer.from(`${username}:${password}`).toString('base64');
  const dispatcher = new Agent({ connect: caPem === '' ? {} : { ca: caPem } });
  try {
    const response = await request(new URL(target, `${scheme}://${host}:${port}`), {
      method,
      dispatcher,
      headers: {
        accept,
        ...(username === '' ? {} : { authorization: `Basic ${login}` }),
        ...(body === undefined ? {} : { 'content-type': body.mediaType }),
      },
      body: body?.bytes ?? null,
    });
    const answer = Buffer.from(await response.body.arrayBuffer());
    return { status: response.statusCode, headers: response.headers, body: answer };
  } finally {
    await dispatcher.close();
  }
}

/** `callRegistry`, where only one status will do. @throws with the registry's words otherwise. */
export async function expectStatus(
  wanted: number,
  ...call: Parameters<typeof callRegistry>
): Promise<Answer> {
  const answer = await callRegistry(...call);
  if (answer.status === wanted) return answer;
  const [, method, target] = call;
  throw new Error(`${method} ${target} answered ${answer.status}: ${answer.body.toString()}`);
}
