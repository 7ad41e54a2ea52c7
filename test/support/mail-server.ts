import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

export interface ParsedMail {
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A real SMTP server on this machine: keeps what it takes, and refuses recipients with `refusal` while that is set. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  refusal: number | null = null;
  private port = 0;
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, answer) => answer(Object.assign(new Error('Not you'), { responseCode: 535 })),
    onRcptTo: (_address, _session, answer) =>
      answer(this.refusal === null ? null : Object.assign(new Error('Refused'), { responseCode: this.refusal })),
    onData: (stream, { envelope }, answer) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        this.received.push({ from, to, raw: Buffer.concat(chunks).toString('utf8') });
        answer();
      });
    },
  });

  static async open(): Promise<MailServer> {
    const mail = new MailServer();
    mail.server.on('error', () => undefined);
    mail.server.listen(0, '127.0.0.1');
    await once(mail.server.server, 'listening');
    mail.port = (mail.server.server.address() as AddressInfo).port;
    return mail;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

export async function parseMail(raw: string): Promise<ParsedMail> {
  const { headers, subject = '', text = '', html = '' } = await PostalMime.parse(raw);
  return { headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])), subject, text, html };
}
