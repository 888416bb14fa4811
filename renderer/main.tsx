import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import './app/styles.ts';
import { App } from './app/app.tsx';
import { loadWords } from './lib/load-words.ts';
import { createQueryClient } from './lib/query-client.ts';
import { RegentProvider } from './lib/regent-context.tsx';
import { connectToMain } from './lib/rpc.ts';

const regent = await connectToMain(window);
const cache = createQueryClient();
// Theme and language are there before the first paint, so that neither flashes.
const asked = regent.api.settings.get.queryOptions();
await cache.prefetchQuery(asked);
const words = await loadWords(cache.getQueryData(asked.queryKey)?.locale ?? 'en');

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <QueryClientProvider client={cache}>
    <RegentProvider regent={regent}>
      <App words={words} />
    </RegentProvider>
  </QueryClientProvider>,
);
