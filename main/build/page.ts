import { join } from 'node:path';
import { distFolder } from './project.mjs';
import type { OutputFile } from './replace-outputs.ts';

/** The window's only page. It holds no words and no inline script or style (the CSP would refuse them). */
export const page: OutputFile = {
  path: join(distFolder, 'renderer', 'index.html'),
  content: `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Regent</title>
    <link rel="stylesheet" href="index.css" />
    <script type="module" src="index.js"></script>
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>
`,
};
