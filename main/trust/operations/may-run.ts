import { isRootsOwn } from '../../platform/find-node.ts';

/** Whether a program may be run here: as root only what nobody but root can change. */
export async function mayRun(program: string): Promise<boolean> {
  return process.geteuid?.() !== 0 || isRootsOwn(program);
}
