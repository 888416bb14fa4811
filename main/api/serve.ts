import { createRouterClient, implement, ORPCError, type Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { RegentClient } from '../../shared/contract/client.ts';
import type { CallContext, Handlers } from '../../shared/contract/handlers.ts';
import { contract } from '../../shared/contract/index.ts';
import { RegentError } from '../../shared/errors/index.ts';

type PlainHandler = (input: unknown, context: CallContext) => unknown;
type AnyRouter = Router<typeof contract, Record<never, never>>;

/** Receives what was thrown without being meant for people; goes to the log only. */
export type LogError = (error: unknown) => void;

/** Serves the contract over one end of a message channel (the desktop's door). */
export function serveOverPort(
  handlers: Handlers,
  port: Parameters<RPCHandler<Record<never, never>>['upgrade']>[0],
  logError: LogError,
): void {
  new RPCHandler(routerOf(handlers, logError)).upgrade(port);
}

/** The contract called in process (the terminal's door): the same validation, the same errors. */
export function callInProcess(handlers: Handlers, logError: LogError): RegentClient {
  return createRouterClient(routerOf(handlers, logError)) as RegentClient;
}

/** Binds plain handlers to the contract; the one place where thrown errors become contract errors. */
function routerOf(handlers: Handlers, logError: LogError): AnyRouter {
  const bind = (domain: string, name: string, handler: PlainHandler) => {
    const procedure = (implementer as unknown as ImplementerTree)[domain]?.[name];
    if (!procedure) throw new Error(`not in the contract: ${domain}.${name}`);
    return procedure.handler(({ input, signal }) =>
      runMapped(() => handler(input, { signal: signal ?? new AbortController().signal }), logError),
    );
  };
  const domains = Object.entries(handlers).map(([domain, procedures]) => [
    domain,
    Object.fromEntries(
      Object.entries(procedures as Record<string, PlainHandler>).map(([name, handler]) => [
        name,
        bind(domain, name, handler),
      ]),
    ),
  ]);
  return Object.fromEntries(domains) as AnyRouter;
}

const implementer = implement(contract);

type ImplementerTree = Record<
  string,
  Record<
    string,
    {
      handler(
        run: (options: { readonly input: unknown; readonly signal?: AbortSignal }) => unknown,
      ): unknown;
    }
  >
>;

async function runMapped(run: () => unknown, logError: LogError): Promise<unknown> {
  try {
    const output = await run();
    return isIterator(output) ? mapIterator(output, logError) : output;
  } catch (error) {
    throw contractError(error, logError);
  }
}

async function* mapIterator(
  source: AsyncIterable<unknown>,
  logError: LogError,
): AsyncGenerator<unknown, void, void> {
  try {
    yield* source;
  } catch (error) {
    throw contractError(error, logError);
  }
}

function contractError(error: unknown, logError: LogError): unknown {
  if (error instanceof RegentError) {
    if (error.cause !== undefined) logError(error);
    return new ORPCError('REGENT', { defined: true, data: error.toProblem() });
  }
  if (!(error instanceof ORPCError) && !hasLeft(error)) logError(error);
  return error;
}

/** A caller that goes away aborts what it asked for; nobody needs to read about that. */
function hasLeft(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function isIterator(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
