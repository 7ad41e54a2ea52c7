/** The peer of receiving webhooks: Node's HTTP server and an insert of one row, in a process of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';

const ACCEPTED = 202;
/** As the API has. */
const CONNECTIONS = 10;

async function main(): Promise<void> {
  const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: CONNECTIONS });
  await pool.query(
    'create table bare_webhooks (id bigint generated always as identity primary key, body text not null)',
  );
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const statement = { name: 'store', text: 'insert into bare_webhooks (body) values ($1)', values: [body] };
      pool.query(statement).then(
        () => response.writeHead(ACCEPTED, { 'content-type': 'application/json' }).end('{"status":"stored"}'),
        () => response.writeHead(500).end(),
      );
    });
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
  });
}

void main();
