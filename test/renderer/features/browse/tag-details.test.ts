import { describe, expect, it } from 'vitest';
import { TagDetails } from '../../../../renderer/features/browse/tag-details.ts';
import { problem } from '../../../../shared/errors/index.ts';
import type { Tag } from '../../../../shared/model/image.ts';

const tagOf = (name: string): Tag => ({
  name,
  digest: `sha256:${'a'.repeat(64)}`,
  mediaType: '',
  size: 1,
  created: null,
  platforms: [],
});

/** A registry whose answers the test gives one by one. */
function slowRegistry() {
  const asked: string[] = [];
  const answers = new Map<string, { give: () => void; fail: () => void; signal: AbortSignal }>();
  const fetchTag = (name: string, signal: AbortSignal): Promise<Tag> =>
    new Promise((resolve, reject) => {
      asked.push(name);
      answers.set(name, {
        give: () => resolve(tagOf(name)),
        fail: () => reject(new Error('no')),
        signal,
      });
    });
  const details = new TagDetails(
    fetchTag,
    () => problem('INTERNAL', {}),
    (call) => call(),
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { asked, answers, details, settle };
}

const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `t${from + index}`);

describe('details of tags', () => {
  it('are fetched once, a few at a time', async () => {
    const { asked, answers, details, settle } = slowRegistry();
    details.look(names(0, 50));
    details.look(names(0, 50));
    expect(asked).toEqual(names(0, 12));
    answers.get('t0')?.give();
    await settle();
    expect(asked).toHaveLength(13);
    expect(details.get('t0')).toEqual({ state: 'ready', tag: tagOf('t0') });
  });

  it('are fetched where somebody looks now, not where somebody looked', async () => {
    const { asked, answers, details, settle } = slowRegistry();
    details.look(names(0, 50));
    details.look(names(40, 45));
    answers.get('t0')?.give();
    await settle();
    expect(asked.at(-1)).toBe('t40');
    for (const name of names(1, 12)) answers.get(name)?.give();
    await settle();
    for (const name of names(40, 45)) answers.get(name)?.give();
    await settle();
    expect(asked).toEqual([...names(0, 12), ...names(40, 45)]);
  });

  it('can be wanted all, those that are looked at before the rest', async () => {
    const { asked, answers, details, settle } = slowRegistry();
    details.wantAll(names(0, 50));
    details.look(['t30']);
    answers.get('t0')?.give();
    await settle();
    answers.get('t1')?.give();
    await settle();
    expect(asked.slice(12)).toEqual(['t30', 't12']);
  });

  it('can be asked for again after a failure', async () => {
    const { asked, answers, details, settle } = slowRegistry();
    details.look(['t1']);
    answers.get('t1')?.fail();
    await settle();
    expect(details.get('t1')).toEqual({ state: 'failed', problem: problem('INTERNAL', {}) });
    details.retry('t1');
    expect(asked).toEqual(['t1', 't1']);
  });

  it('tell their listeners, and stop when nobody looks any more', async () => {
    const { asked, answers, details, settle } = slowRegistry();
    let told = 0;
    const leave = details.subscribe(() => {
      told += 1;
    });
    details.look(names(0, 20));
    expect(told).toBeGreaterThan(0);
    leave();
    details.close();
    expect(answers.get('t0')?.signal.aborted).toBe(true);
    answers.get('t0')?.fail();
    await settle();
    expect(asked).toHaveLength(12);
  });
});
