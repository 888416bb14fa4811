import { HELPER_VALUE } from '../docker-config/config-edit.ts';

/**
 * Regent itself, and helpers that make a login anew for each use out of a cloud's own sign-in: what they give out ends
 * within hours, so there is nothing to keep.
 */
export const NOT_ASKED: ReadonlySet<string> = new Set([
  ...[HELPER_VALUE, 'ecr-login', 'gcr', 'gcloud', 'acr', 'acr-env', 'acr-linux', 'acr-windows'],
]);
