import { beforeEach, expect, it } from 'vitest';
import { createHearsay, type Hearsay } from '../../../main/api/hearsay.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';

let clock: FakeClock;
let login: string | null;
let told: string[];
let hearsay: Hearsay;

beforeEach(() => {
  clock = createFakeClock();
  login = 'ada 1';
  told = [];
  hearsay = createHearsay({
    clock,
    loginOf: async () => login,
    noteAnswer: async (...words) => void told.push(words.join(' ')),
  });
});

it('what is new is told once, and again after an hour', async () => {
  const listen = hearsay.listenerFor('h:1', 'ada 1');
  for (let n = 0; n < 100; n += 1) listen('ada', 'worked');
  await hearsay.settled();
  expect(told).toEqual(['h:1 ada worked']);
  clock.advance(3_600_000);
  listen('ada', 'worked');
  listen('ada', 'refused');
  listen('ada', 'refused');
  await hearsay.settled();
  expect(told).toEqual(['h:1 ada worked', 'h:1 ada worked', 'h:1 ada refused']);
});

it('what was said to a login that is no longer the one in use is not told of the new one', async () => {
  const listen = hearsay.listenerFor('h:1', 'ada 1');
  login = 'ada 2';
  listen('ada', 'refused');
  await hearsay.settled();
  expect(told).toEqual([]);
});

it('nobody hears of it when it can’t be written down', async () => {
  const broken = createHearsay({
    clock,
    loginOf: async () => login,
    noteAnswer: () => Promise.reject(new Error('EROFS')),
  });
  broken.listenerFor('h:1', 'ada 1')('ada', 'worked');
  await expect(broken.settled()).resolves.toBeUndefined();
});
