import './no-eval.ts';
import { serveOverPort } from '../../../main/api/serve.ts';
import { createHandlers } from './handlers.ts';
import { readScenario } from './scenario.ts';
import { createWorld, type World } from './world.ts';

/** What the tests can look at from outside. */
export interface HarnessPage {
  readonly world: World;
  readonly violations: string[];
  readonly unexpected: string[];
}

/** The imagined main process in the page itself: the real server side of the contract over a real port. */
function start(): void {
  const world = createWorld(readScenario(window.location.search));
  const harness: HarnessPage = { world, violations: [], unexpected: [] };
  Object.assign(window, { harness });
  document.addEventListener('securitypolicyviolation', (event) => {
    harness.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
  const { port1, port2 } = new MessageChannel();
  serveOverPort(createHandlers(world), port1, (error) => {
    if (!(error instanceof Error && error.name === 'AbortError'))
      harness.unexpected.push(String(error));
  });
  port1.start();
  window.postMessage('regent-port', window.location.origin, [port2]);
}

start();
