import { type ByteRange, FileStorage } from '@evenhand/kernel';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { requireStorageKey } from './storage-key';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/** Files in a folder of this machine, which every process of the product has to see. */
export class LocalFileStorage extends FileStorage {
  constructor(private readonly directory: string) {
    super();
  }

  /** A file appears under its name when all of it is on the disk. */
  override async put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.pathOf(key);
    const draft = draftOf(path);
    await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
    try {
      await pipeline(bytes, createWriteStream(draft, { mode: OWNER_ONLY, flush: true }));
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    await flushNames(dirname(path));
  }

  override async open(key: string, range: ByteRange | null): Promise<AsyncIterable<Uint8Array> | null> {
    return (await this.has(key)) ? bytesOf(this.pathOf(key), range) : null;
  }

  override async has(key: string): Promise<boolean> {
    try {
      return (await stat(this.pathOf(key))).isFile();
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
  }

  override async delete(key: string): Promise<void> {
    const path = this.pathOf(key);
    await rm(draftOf(path), { force: true });
    await rm(path, { force: true });
  }

  private pathOf(key: string): string {
    return join(this.directory, requireStorageKey(key));
  }
}

function draftOf(path: string): string {
  return `${path}.part`;
}

async function* bytesOf(path: string, range: ByteRange | null): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, range ?? {});
}

/** A new name survives a power cut only with its folder on the disk. */
async function flushNames(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isAbsence(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
