import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from './index.ts';

/** The contract as its callers see it: in the window over a port, in the terminal in process. */
export type RegentClient = ContractRouterClient<typeof contract>;
