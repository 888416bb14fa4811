import { RegentError } from '../../../shared/errors/index.ts';
import { type ConsumerId, consumerIdSchema } from '../../../shared/model/consumer.ts';
import { consumerFacts } from '../../../shared/model/consumer-facts.ts';
import type { CommandContext, OptionSpec } from '../command.ts';

/** The word for every consumer found that can trust one registry alone. */
const ALL = 'all';

/** `--consumer`, as every command about trust has it. */
export const consumerOption = {
  type: 'string',
  multiple: true,
  value: 'ID',
  suggestions: [...consumerIdSchema.options, ALL],
  about: 'cli.trust.consumer',
} as const satisfies OptionSpec;

/**
 * Reads `--consumer`; undefined means that nobody was named. `all` leaves out what would trust for every
 * server: that has to be named.
 * @throws RegentError `CONSUMER_UNKNOWN` with those that are on this machine
 */
export async function readConsumers(
  { client, signal }: Pick<CommandContext, 'client' | 'signal'>,
  typed: readonly string[],
): Promise<ConsumerId[] | undefined> {
  if (typed.length === 0) return undefined;
  const chosen = new Set<ConsumerId>();
  for (const word of typed.flatMap((one) => one.split(','))) {
    const known = consumerIdSchema.safeParse(word);
    if (known.success) {
      chosen.add(known.data);
      continue;
    }
    const found = (await client.trust.consumers(undefined, { signal })).map(({ id }) => id);
    if (word !== ALL) throw new RegentError('CONSUMER_UNKNOWN', { consumer: word, found });
    for (const id of found) if (consumerFacts[id].reach === 'this-registry') chosen.add(id);
  }
  return [...chosen];
}
