import { imageToTry } from './probe-image.ts';
import type { AskConsumer } from './proof-tools.ts';
import { notProven } from './verdict.ts';

/** What Regent does not ask from here: each gets the command with which a person can. */
function byHand(commandFor: (image: string) => string): AskConsumer {
  return async ({ address }) => [
    notProven('pull', 'not-run-here', commandFor(imageToTry(address))),
  ];
}

/** `podman login` reads trust on this side, and pulls read it in the machine. */
export const askPodmanMachine = byHand((image) => `podman machine ssh podman pull ${image}`);

export const askMinikube = byHand((image) => `minikube ssh -- docker pull ${image}`);

/** Each node has a trust of its own. */
export const askKind = byHand(
  (image) => `for node in $(kind get nodes); do docker exec "$node" crictl pull ${image}; done`,
);
