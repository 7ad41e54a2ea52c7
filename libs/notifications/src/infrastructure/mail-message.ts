import { TypeID } from 'typeid-js';
import type { SendMailOptions } from 'nodemailer';
import escape from 'validator/lib/escape';
import type { Mail } from '../application/mailer';
import { FRAMES } from '../domain/texts';
import { oneLine } from './icu-text-renderer';

export interface MailSettings {
  readonly publicUrl: string;
  readonly mailFrom: string;
}

/** The e-mail as nodemailer takes it: a text and an HTML part that say the same. */
export function messageOf(mail: Mail, settings: MailSettings): SendMailOptions {
  const { mailFrom } = settings;
  const publicUrl = settings.publicUrl.replace(/\/+$/, '');
  const link = `${publicUrl}/?open=${TypeID.fromUUID(mail.about.kind, mail.about.id).toString()}`;
  const stop =
    mail.unsubscribeToken === null
      ? null
      : `${publicUrl}/unsubscribe?token=${encodeURIComponent(mail.unsubscribeToken)}`;
  return {
    from: mailFrom,
    to: { name: oneLine(mail.to.name), address: mail.to.address },
    subject: mail.title,
    text: textOf(mail, link, stop),
    html: htmlOf(mail, link, stop),
    date: mail.at,
    // The same at every attempt: a receiver that gets it twice can tell.
    messageId: `<${mail.notificationId}@${domainOf(mailFrom)}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': mail.language,
      ...(stop !== null && {
        'List-Unsubscribe': `<${stop}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    // Nothing that a text says is read as a file or an address to load.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function textOf({ body, language }: Mail, link: string, stop: string | null): string {
  const { open, why, unsubscribe } = FRAMES[language];
  const lines = [body, '', `${open}: ${link}`, '', '-- ', why];
  return `${(stop === null ? lines : [...lines, `${unsubscribe}: ${stop}`]).join('\n')}\n`;
}

function htmlOf({ title, body, language }: Mail, link: string, stop: string | null): string {
  const { open, why, unsubscribe } = FRAMES[language];
  const anchor = (href: string, text: string) => `<a href="${escape(href)}">${escape(text)}</a>`;
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title></head>
<body style="font-family: sans-serif; max-width: 36em; margin: 2em auto; padding: 0 1em; line-height: 1.5">
<h1 style="font-size: 1.25em">${escape(title)}</h1>
<p>${escape(body)}</p>
<p>${anchor(link, open)}</p>
<hr>
<p style="font-size: 0.8em">${escape(why)}${stop === null ? '' : `<br>${anchor(stop, unsubscribe)}`}</p>
</body>
</html>
`;
}

function domainOf(mailFrom: string): string {
  return /@([a-z\d.-]+)/i.exec(mailFrom)?.[1] ?? 'localhost';
}
