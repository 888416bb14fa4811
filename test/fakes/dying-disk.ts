type FilePromises = typeof import('node:fs/promises');

/** How many changes on disk the process still lives through. */
export interface Life {
  left: number;
}

/**
 * A `node:fs/promises` on which every change counts as one step. At the chosen step the process "dies": that change and
 * everything after it fail, so that no code gets to tidy up, as after SIGKILL or a power cut; dying while writing
 * leaves half of the text. Nothing here lives through a power cut, so nobody waits for the disk.
 */
export function dyingDisk(real: FilePromises, life: Life): FilePromises {
  const step = () => {
    life.left -= 1;
    if (life.left < 0) throw dead();
  };
  const counted =
    <A extends unknown[], R>(change: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      step();
      return change(...args);
    };
  const open: FilePromises['open'] = async (path, flags, mode) => {
    if (flags === 'wx') step();
    const handle = await real.open(path, flags, mode);
    handle.sync = async () => undefined;
    if (flags !== 'wx') return handle;
    const write = handle.writeFile.bind(handle);
    handle.writeFile = async (data) => {
      life.left -= 1;
      if (life.left < 0) await write(String(data).slice(0, String(data).length / 2));
      if (life.left < 0) throw dead();
      await write(data);
    };
    return handle;
  };
  return {
    ...real,
    open,
    mkdir: counted(real.mkdir as (...args: unknown[]) => Promise<unknown>) as FilePromises['mkdir'],
    chmod: counted(real.chmod),
    chown: counted(real.chown),
    symlink: counted(real.symlink),
    rename: counted(real.rename),
    unlink: counted(real.unlink),
    rm: counted(real.rm),
    rmdir: counted(real.rmdir),
  };
}

const dead = () => Object.assign(new Error('the process is dead'), { code: 'EDEAD' });
