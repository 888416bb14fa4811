import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { EditRefused } from '../edit/editor.ts';
import { findEngine } from './engine-process.ts';
import type { Reload } from './operation.ts';

const LIMIT_MS = 15_000;
const PAUSE_MS = 100;
const ANSWER_LIMIT = 8 * 1024 * 1024;

/**
 * Has a running engine read its settings again (SIGHUP) and waits until it has: it answers no signal, and says
 * "reloaded" in its log even when it refused (dockerd 28, 29).
 * @param insecure how the engine shall see the address afterwards
 * @throws EditRefused `notTakenUp`; NodeJS.ErrnoException when it may not be signalled
 */
export async function reload(operation: Reload, insecure: boolean): Promise<void> {
  const pid = await findEngine(operation);
  if (pid === undefined) return;
  process.kill(pid, 'SIGHUP');
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const seen = await isInsecure(operation);
    if (seen === insecure) return;
    if (Date.now() > end) throw new EditRefused('notTakenUp', operation.address);
    await sleep(PAUSE_MS);
  }
}

/** Whether the engine lists the address as insecure (moby, /info: RegistryConfig.IndexConfigs); undefined when it does not say. */
async function isInsecure({ socket, address }: Reload): Promise<boolean | undefined> {
  const text = await get(socket, '/info').catch(() => '');
  return matchIndex(text, address);
}

function matchIndex(text: string, address: string): boolean | undefined {
  try {
    const { RegistryConfig } = JSON.parse(text) as {
      RegistryConfig?: { IndexConfigs?: Record<string, { Secure?: boolean }> };
    };
    return RegistryConfig?.IndexConfigs?.[address]?.Secure === false;
  } catch {
    return undefined;
  }
}

function get(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path, timeout: LIMIT_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.length > ANSWER_LIMIT) call.destroy(new Error('answer too long'));
      });
      response.once('end', () => resolve(text));
      response.once('error', reject);
    });
    call.once('timeout', () => call.destroy(new Error('timeout')));
    call.once('error', reject);
    call.end();
  });
}
