import { QueryClient } from '@tanstack/react-query';

/**
 * The cache of answers. The main process is always there and retries by itself, so the cache neither waits
 * for a network nor asks again on its own.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        staleTime: 15_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
