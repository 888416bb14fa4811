// Run as an ordinary user: says on stdout what a consumer answers before trust, after it, and after its end.
//   node --import tsx as-user.ts CONSUMER < REGISTRY (JSON)
import { readFileSync } from 'node:fs';
import { consumerIdSchema } from '../../../../shared/model/consumer.ts';
import { openLabMachine } from './lab-machine.ts';

const consumer = consumerIdSchema.parse(process.argv[2]);
// Written by the test that runs this.
const registry = JSON.parse(readFileSync(0, 'utf8')) as Parameters<
  Awaited<ReturnType<typeof openLabMachine>>['trustFor']
>[0];
const { address } = registry;
const machine = await openLabMachine({ ofUser: true });

const before = await machine.ask(consumer, address);
await machine.trustFor(registry, [consumer]);
const after = await machine.ask(consumer, address);
await machine.trust.revoke({ address });
const end = await machine.ask(consumer, address);
console.log(JSON.stringify([before, after, end]));
