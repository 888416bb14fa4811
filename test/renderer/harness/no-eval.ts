import { config } from 'zod';

// The imagined main process reads its calls with zod, which tries whether it may make functions from text. Under the
// window's policy it may not, and each try counts as a
// violation; so it is told beforehand. Must be imported before anything that makes a schema.
config({ jitless: true });
