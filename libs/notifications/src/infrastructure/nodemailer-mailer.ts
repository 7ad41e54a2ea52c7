import { SETTINGS, type Settings } from '@evenhand/platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { type Mail, Mailer } from '../application/mailer';
import type { AttemptOutcome } from '../domain/email';
import { messageOf } from './mail-message';

/** What a server may take for each step before it counts as unavailable; together less than the lease of an attempt. */
const TIMEOUT_MS = 20_000;
const MAX_ERROR = 300;
/** `<day>-<notification>.eml`, or the part of it that an interrupted process left. */
const LETTER = /^\d{4}-\d{2}-\d{2}-(.{36})\.eml/u;

/** By the server of `SMTP_URL`; without one, as `.eml` files that any mail program opens. */
@Injectable()
export class NodemailerMailer extends Mailer implements OnModuleDestroy {
  private readonly transport;
  private readonly folder: string | null;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    super();
    const { smtpUrl, dataDirectory } = settings;
    this.folder = smtpUrl === null ? join(dataDirectory, 'mail') : null;
    this.transport =
      smtpUrl === null
        ? createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
        : createTransport({
            url: smtpUrl,
            pool: true,
            connectionTimeout: TIMEOUT_MS,
            greetingTimeout: TIMEOUT_MS,
            socketTimeout: TIMEOUT_MS,
          });
  }

  onModuleDestroy(): void {
    this.transport.close();
  }

  override async send(mail: Mail): Promise<AttemptOutcome> {
    try {
      const message = messageOf(mail, this.settings);
      await (this.folder === null ? this.transport.sendMail(message) : this.file(this.folder, mail, message));
      return { result: 'sent' };
    } catch (error) {
      return { result: isRefusal(error) ? 'refused' : 'unavailable', error: excerptOf(error) };
    }
  }

  override async forget(notificationIds: readonly string[]): Promise<void> {
    if (this.folder === null || notificationIds.length === 0) return;
    const folder = this.folder;
    const forgotten = new Set(notificationIds);
    const names = await readdir(folder).catch(() => []);
    const letters = names.filter((name) => forgotten.has(LETTER.exec(name)?.[1] ?? ''));
    await Promise.all(letters.map((name) => rm(join(folder, name), { force: true })));
  }

  /** Whole or not at all, and over itself where it is written again. */
  private async file(folder: string, { at, notificationId }: Mail, message: SendMailOptions): Promise<void> {
    const { message: bytes } = (await this.transport.sendMail(message)) as unknown as { readonly message: Buffer };
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${at.toISOString().slice(0, 10)}-${notificationId}.eml`);
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
  }
}

/** A server that said no for good to this letter or its address; one that refuses us, or anything else, may mend. */
function isRefusal(error: unknown): boolean {
  const { responseCode, code } = error as { readonly responseCode?: number; readonly code?: string };
  return responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
}

function excerptOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll('\u0000', '').slice(0, MAX_ERROR);
}
