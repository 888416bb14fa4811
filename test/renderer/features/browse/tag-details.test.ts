import { describe, expect, it } from 'vitest';
import { TagDetails } from '../../../../renderer/features/browse/tag-details.ts';
import { type Problem, problem } from '../../../../shared/errors/index.ts';
import type { Tag } from '../../../../shared/model/image.ts';

const tagOf = (name: string, digit = 'a'): Tag => ({
  name,
  digest: `sha256:${digit.repeat(64)}`,
  mediaType: '',
  size: 1,
  created: null,
  platforms: [],
});

/** A registry whose answers the test gives one by one. */
function slowRegistry(failure: Problem = problem('INTERNAL', {})) {
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
    () => failure,
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

  it('are those of tags that are there: of one that is gone nothing is known, nor of its twins', () => {
    const { details } = slowRegistry();
    details.keep([tagOf('latest'), tagOf('1'), tagOf('2')]);
    details.only(['latest', '2']);
    expect(details.get('1')).toBeUndefined();
    expect(details.sameAs('latest')).toEqual(['2']);
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

  it('show what was kept until it is fetched anew', async () => {
    const { asked, answers, details, settle } = slowRegistry();
    details.keep([tagOf('t1', 'b')]);
    details.look(['t1']);
    expect(asked).toEqual(['t1']);
    expect(details.get('t1')).toEqual({ state: 'ready', tag: tagOf('t1', 'b') });
    answers.get('t1')?.give();
    await settle();
    details.keep([tagOf('t1', 'b')]);
    expect(details.get('t1')).toEqual({ state: 'ready', tag: tagOf('t1') });
  });

  it('leave a registry alone that can’t answer, until they are to go on', async () => {
    const limited = problem('RATE_LIMITED', { address: 'nas.local', seconds: 60 });
    const { asked, answers, details, settle } = slowRegistry(limited);
    details.keep([tagOf('t1')]);
    details.look(names(0, 50));
    for (const name of names(0, 12)) answers.get(name)?.fail();
    await settle();
    expect(asked).toHaveLength(12);
    expect(details.halted).toBe(limited);
    expect(details.get('t1')?.state).toBe('ready');
    expect(details.get('t0')).toBeUndefined();
    details.resume();
    expect(details.halted).toBeNull();
    expect(asked.slice(12)).toEqual(names(0, 12));
  });

  it('keep what is known where only the server is at fault, and drop it where it says no', async () => {
    const fault = problem('REGISTRY_ERROR', { address: 'nas.local', status: 503, detail: '' });
    const broken = slowRegistry(fault);
    broken.details.keep([tagOf('t1')]);
    broken.details.look(['t1', 't2']);
    for (const name of ['t1', 't2']) broken.answers.get(name)?.fail();
    await broken.settle();
    expect(broken.details.get('t1')?.state).toBe('ready');
    expect(broken.details.get('t2')).toEqual({ state: 'failed', problem: fault });
    expect(broken.details.halted).toBeNull();
    const refusing = slowRegistry();
    refusing.details.keep([tagOf('t1')]);
    refusing.details.look(['t1']);
    refusing.answers.get('t1')?.fail();
    await refusing.settle();
    expect(refusing.details.get('t1')?.state).toBe('failed');
  });

  it('can all be asked for anew, and show until the answers are there', async () => {
    const { asked, answers, details, settle } = slowRegistry();
    details.look(['t1']);
    answers.get('t1')?.give();
    await settle();
    details.again();
    expect(asked).toEqual(['t1', 't1']);
    expect(details.get('t1')?.state).toBe('ready');
  });
});
