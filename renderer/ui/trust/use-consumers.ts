import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import type { ConsumerId, FoundConsumer } from '../../../shared/model/consumer.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { selectable } from './consumer-choice.tsx';

/** The programs of this machine, and which of them are chosen. */
export interface Consumers {
  readonly found: readonly FoundConsumer[];
  /** Null until it is known what is on this machine. */
  readonly chosen: readonly ConsumerId[] | null;
  /** What to plan for: the chosen ones and Regent itself. Undefined leaves it to the planner. */
  readonly sent: ConsumerId[] | undefined;
  readonly problem: Problem | null;
  readonly choose: (chosen: readonly ConsumerId[]) => void;
}

/** Finds the programs of this machine; those that are preselected are chosen until the person says otherwise. */
export function useConsumers(insecure: boolean): Consumers {
  const { api } = useRegent();
  const query = useQuery(api.trust.consumers.queryOptions());
  const [own, choose] = useState<readonly ConsumerId[] | null>(null);
  const found = query.data ?? [];
  const preselected = selectable(found, insecure)
    .filter((consumer) => consumer.preselected)
    .map(({ id }) => id);
  const chosen = query.isPending ? null : (own ?? preselected);
  return {
    found,
    chosen,
    sent: query.isSuccess && chosen ? ['regent', ...chosen] : undefined,
    problem: problemIn(query),
    choose,
  };
}
