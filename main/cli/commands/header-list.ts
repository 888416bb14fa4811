import { defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';

/** `regent header list`: the names of the headers that a registry is sent. */
export const headerList = defineCommand(
  {
    name: 'header list',
    about: 'cli.headerList.about',
    args: [{ name: 'ADDRESS' }],
    options: {},
    examples: ['header list registry.example.com', 'header list registry.example.com --json'],
  },
  async ({ client, json, out, err, signal, t }, { args }) => {
    const address = readAddress(args.ADDRESS);
    const headers = await client.headers.list({ address }, { signal });
    if (json) {
      out.json({ address, headers });
      return 0;
    }
    if (headers.length === 0) err.line(t('cli.headerList.empty', { address }));
    for (const { name, updatedAt } of headers) {
      out.line(t('cli.headerList.line', { name, date: updatedAt.slice(0, 10) }));
    }
    return 0;
  },
);
