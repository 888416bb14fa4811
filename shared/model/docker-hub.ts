/** Docker Hub as image names and people call it. */
export const DOCKER_HUB = 'docker.io';

/** Also what docker's settings call it, and where its API is. */
const NAMES: ReadonlySet<string> = new Set([DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io']);

/** Whether a host, in lower case and without a port, is Docker Hub's registry by any of its names. */
export function isDockerHub(host: string): boolean {
  return NAMES.has(host);
}
