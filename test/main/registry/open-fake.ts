import { onTestFinished } from 'vitest';
import {
  createRegistryClient,
  type RegistryClient,
  type RegistryClientOptions,
} from '../../../main/registry/client.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { type Answer, type FakeOptions, type FakeServer, startFake } from '../../fakes/registry.ts';
import { type Issued, issueAuthority, issueServer } from '../../lab/certificates.ts';

/** An authority that no machine knows, and a certificate of it for both names of this machine. */
export const authority: Issued = issueAuthority();
/** See {@link authority}. */
export const certificate: Issued = issueServer(authority, { names: ['localhost', '127.0.0.1'] });

/** The login of the tests. */
export const ada = { username: 'ada', password: 'correct horse' };
/** Its Basic header. */
export const adaHeader = `Basic ${Buffer.from('ada:correct horse').toString('base64')}`;

/** A signal that never fires. */
export const calm: AbortSignal = new AbortController().signal;

/** Starts a fake that ends with the test; TLS unless told otherwise. */
export async function openFake(
  answer: Answer,
  options: FakeOptions = { certificate },
): Promise<FakeServer> {
  const fake = await startFake(answer, options);
  onTestFinished(() => fake.stop());
  return fake;
}

/** A client with the pauses it would have made. */
export interface TestClient extends RegistryClient {
  readonly pauses: readonly number[];
  readonly clock: FakeClock;
}

/** Makes a client for a fake that ends with the test; it waits for nothing. */
export function openClient(
  fake: Pick<FakeServer, 'address' | 'origin'>,
  options: Partial<RegistryClientOptions> = {},
): TestClient {
  const pauses: number[] = [];
  const clock = createFakeClock();
  const client = createRegistryClient({
    address: fake.address,
    scheme: fake.origin.startsWith('https') ? 'https' : 'http',
    trust: { ca: [authority.certPem] },
    systemRoots: async () => [],
    credentials: async () => null,
    clock,
    wait: async (milliseconds) => {
      pauses.push(milliseconds);
      clock.advance(milliseconds);
    },
    ...options,
  });
  onTestFinished(() => client.close());
  return { ...client, pauses, clock };
}

/** All that a generator yields. */
export async function collect<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
