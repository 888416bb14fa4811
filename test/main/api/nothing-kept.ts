import type { ClientParts } from '../../../main/api/clients.ts';

/** For clients that shall keep nothing of what they see. */
export const nothingKept: Pick<ClientParts, 'viewerOf' | 'content'> = {
  viewerOf: async (address) => ({ address, user: null }),
  content: {
    at: () => ({
      get: async () => undefined,
      open: async () => undefined,
      put: () => undefined,
      lastDigestOf: async () => undefined,
      noteTag: () => undefined,
      forget: async () => undefined,
    }),
  },
};
