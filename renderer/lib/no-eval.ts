import { config } from 'zod';

// zod tries whether it may make functions from text. Under our policy it may not, and each try counts as a
// violation; so it is told beforehand. Must be imported before anything that makes a schema.
config({ jitless: true });
