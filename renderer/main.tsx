import './lib/no-eval.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import './app/styles.ts';
import { App } from './app/app.tsx';
import { createQueryClient } from './lib/query-client.ts';
import { RegentProvider } from './lib/regent-context.tsx';
import { connectToMain } from './lib/rpc.ts';

const regent = await connectToMain(window);
const cache = createQueryClient();
// Theme and language are known before the first paint, so that neither flashes.
await cache.prefetchQuery(regent.api.settings.get.queryOptions());

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <QueryClientProvider client={cache}>
    <RegentProvider regent={regent}>
      <App />
    </RegentProvider>
  </QueryClientProvider>,
);
