import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type ByteRange, FileStorage } from '@evenhand/kernel';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { S3Settings } from '../config/s3-settings';
import { requireStorageKey } from './storage-key';

/** Parts of 5 MiB that one upload holds in memory at once. */
const PARTS_AT_ONCE = 2;
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true };

/** Files in a bucket of a store that speaks the S3 protocol. */
export class S3FileStorage extends FileStorage implements OnApplicationShutdown {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Settings) {
    super();
    this.bucket = bucket;
    this.client = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
      // Stores other than Amazon's do not all know the newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: TIMEOUTS,
    });
  }

  /** In parts, since nobody knows the length before the end; a failed upload is aborted, and its parts are gone. */
  override async put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const params = { ...this.at(key), Body: Readable.from(bytes) };
    await new Upload({ client: this.client, params, queueSize: PARTS_AT_ONCE }).done();
  }

  override async open(key: string, range: ByteRange | null): Promise<AsyncIterable<Uint8Array> | null> {
    return (await this.has(key)) ? this.bytesOf(key, range) : null;
  }

  override async has(key: string): Promise<boolean> {
    try {
      await this.client.send(new HeadObjectCommand(this.at(key)));
      return true;
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
  }

  override async delete(key: string): Promise<void> {
    const begun = await this.client.send(new ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: key }));
    for (const { Key, UploadId } of begun.Uploads ?? []) {
      if (Key === key) await this.client.send(new AbortMultipartUploadCommand({ ...this.at(key), UploadId }));
    }
    await this.client.send(new DeleteObjectCommand(this.at(key)));
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  private async *bytesOf(key: string, range: ByteRange | null): AsyncGenerator<Uint8Array> {
    const some = range && { Range: `bytes=${range.start}-${range.end}` };
    const { Body } = await this.client.send(new GetObjectCommand({ ...this.at(key), ...some }));
    if (!(Body instanceof Readable)) throw new Error(`The store answered no bytes of ${key}.`);
    yield* Body;
  }

  private at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.bucket, Key: requireStorageKey(key) };
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotFound' || error.name === 'NoSuchKey');
}
