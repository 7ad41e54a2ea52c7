import type { FileStorage } from '@evenhand/kernel';
import { join } from 'node:path';
import type { Settings } from '../config/settings';
import { LocalFileStorage } from './local-file-storage';
import { S3FileStorage } from './s3-file-storage';

/** The storage that the settings name; without any a folder in the data directory. */
export function fileStorageOf({ s3, dataDirectory }: Pick<Settings, 's3' | 'dataDirectory'>): FileStorage {
  return s3 ? new S3FileStorage(s3) : new LocalFileStorage(join(dataDirectory, 'files'));
}
