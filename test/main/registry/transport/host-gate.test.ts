import { describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpRequest } from '../../../../main/registry/transport/exchange.ts';
import { withGate } from '../../../../main/registry/transport/host-gate.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

/** A server whose answers are given by hand. */
function openGate(width = 8) {
  const clock = createFakeClock();
  const begun: { readonly request: HttpRequest; readonly answer: (answer: HttpAnswer) => void }[] =
    [];
  const waits: { readonly milliseconds: number; readonly end: () => void }[] = [];
  const exchange = withGate((request) => new Promise((answer) => begun.push({ request, answer })), {
    clock,
    width,
    wait: (milliseconds) => new Promise((end) => waits.push({ milliseconds, end })),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const ask = (host = 'a.test', signal = new AbortController().signal) =>
    exchange({ method: 'GET', url: new URL(`https://${host}/`), headers: {}, limit: 1, signal });
  let answered = 0;
  const answer = async (status: number, rawHeaders: readonly string[] = []) => {
    const next = begun[answered];
    answered += 1;
    next?.answer({ url: next.request.url, status, rawHeaders, body: Buffer.alloc(0) });
    await settle();
  };
  return { ask, answer, begun, waits, clock, settle, underWay: () => begun.length - answered };
}

describe('the gate before a server', () => {
  it('lets so many through at once, and the others in their order', async () => {
    const gate = openGate(2);
    const answers = Array.from({ length: 5 }, () => gate.ask());
    await gate.settle();
    expect(gate.underWay()).toBe(2);
    for (let left = 5; left > 0; left -= 1) {
      expect(gate.underWay()).toBe(Math.min(2, left));
      await gate.answer(200);
    }
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(5).fill(200));
  });

  it('halves what is under way once for all that a server refuses together', async () => {
    const gate = openGate(8);
    for (let count = 0; count < 30; count += 1) gate.ask();
    await gate.settle();
    for (let count = 0; count < 8; count += 1) await gate.answer(429);
    expect(gate.underWay()).toBe(4);
    await gate.answer(503);
    // Others' refusals say nothing of how busy it is.
    for (let count = 0; count < 3; count += 1) await gate.answer(404);
    expect(gate.underWay()).toBe(2);
  });

  it('widens again while things go well, up to what it was', async () => {
    const gate = openGate(4);
    for (let count = 0; count < 200; count += 1) gate.ask();
    await gate.settle();
    for (let count = 0; count < 4; count += 1) await gate.answer(503);
    expect(gate.underWay()).toBe(2);
    for (let count = 0; count < 50; count += 1) await gate.answer(200);
    expect(gate.underWay()).toBe(4);
  });

  it('is closed to everybody for as long as the server asks', async () => {
    const gate = openGate();
    gate.ask();
    await gate.settle();
    await gate.answer(429, ['Retry-After', '5']);
    for (let count = 0; count < 3; count += 1) gate.ask();
    await gate.settle();
    expect(gate.underWay()).toBe(0);
    expect(gate.waits.map(({ milliseconds }) => milliseconds)).toEqual([5_000]);
    gate.clock.advance(5_000);
    gate.waits[0]?.end();
    await gate.settle();
    expect(gate.underWay()).toBe(1);
  });

  it('does not wait for a break that is too long, nor close to other servers', async () => {
    const gate = openGate();
    gate.ask();
    await gate.settle();
    await gate.answer(429, ['Retry-After', '3600']);
    gate.ask();
    await gate.settle();
    expect(gate.underWay()).toBe(1);
    await gate.answer(429, ['Retry-After', '5']);
    gate.ask('b.test');
    await gate.settle();
    expect(gate.underWay()).toBe(1);
    expect(gate.waits).toEqual([]);
  });

  it('lets go of whoever gives up waiting', async () => {
    const gate = openGate(1);
    const stop = new AbortController();
    gate.ask();
    const impatient = gate.ask('a.test', stop.signal);
    const patient = gate.ask();
    stop.abort();
    await expect(impatient).rejects.toHaveProperty('name', 'AbortError');
    await expect(gate.ask('a.test', AbortSignal.abort())).rejects.toHaveProperty(
      'name',
      'AbortError',
    );
    await gate.answer(200);
    await gate.answer(200);
    expect((await patient).status).toBe(200);
  });
});
