import type {
  AnySchema,
  ContractProcedure,
  ErrorMap,
  InferSchemaInput,
  InferSchemaOutput,
  Meta,
} from '@orpc/contract';
import type { contract } from './index.ts';

/** What a handler is given beside its input. The signal fires when the caller goes away or cancels. */
export interface CallContext {
  readonly signal: AbortSignal;
}

/** A plain function that serves one procedure; it throws `RegentError`. */
type Handler<P> =
  P extends ContractProcedure<infer I extends AnySchema, infer O extends AnySchema, ErrorMap, Meta>
    ? (
        input: InferSchemaOutput<I>,
        context: CallContext,
      ) => Promise<InferSchemaInput<O>> | InferSchemaInput<O>
    : never;

/** The handlers of one domain, a function a procedure. */
export type DomainHandlers<D> = { readonly [K in keyof D]: Handler<D[K]> };

/** The handlers of the whole contract. */
export type Handlers = {
  readonly [D in keyof typeof contract]: DomainHandlers<(typeof contract)[D]>;
};
