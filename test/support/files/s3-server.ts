import type { S3Settings } from '@evenhand/platform';
import S3rver from '@20minutes/s3rver';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BUCKET = 'evenhand-files';
/** The account that S3rver knows; it checks signatures. */
const ACCOUNT = 'S3RVER';

/**
 * A server of the S3 protocol with one bucket. S3rver neither lists nor aborts uploads in parts, so that is done here, on
 * the folders in which it keeps them.
 */
export async function startS3Server() {
  const directory = mkdtempSync(join(tmpdir(), 's3-'));
  const s3 = new S3rver({ directory, silent: true, vhostBuckets: false, configureBuckets: [{ name: BUCKET }] });
  await s3.configureBuckets();
  const uploads = s3.store.getResourcePath(BUCKET, undefined, 'uploads');
  const begun = () => (existsSync(uploads) ? readdirSync(uploads) : []);
  const callback = s3.callback();

  const server = createServer((request, response) => {
    const { method, search } = asked(request);
    if (method === 'GET' && search.has('uploads')) {
      const listed = begun().map((id) => ({ id, key: readFileSync(join(uploads, id, 'key'), 'utf8') }));
      const found = listed.filter(({ key }) => key.startsWith(search.get('prefix') ?? ''));
      response.setHeader('content-type', 'application/xml').end(uploadsAsXml(found));
    } else if (method === 'DELETE' && search.has('uploadId')) {
      rmSync(join(uploads, search.get('uploadId') ?? 'none'), { recursive: true });
      response.writeHead(204).end();
    } else {
      callback(request, response);
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;

  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: BUCKET,
      region: 'us-east-1',
      accessKeyId: ACCOUNT,
      secretAccessKey: ACCOUNT,
    } satisfies S3Settings,
    /** Uploads in parts that were neither completed nor aborted. */
    openUploads: () => begun().length,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      rmSync(directory, { recursive: true });
    },
  };
}

function asked({ method, url = '/' }: IncomingMessage) {
  return { method, search: new URL(url, 'http://s3.invalid').searchParams };
}

function uploadsAsXml(uploads: readonly { readonly id: string; readonly key: string }[]): string {
  const listed = uploads.map(({ id, key }) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`);
  return `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${listed.join('')}</ListMultipartUploadsResult>`;
}
