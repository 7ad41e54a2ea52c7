import { currencyOf, formatMoney } from '@evenhand/money';
import { Injectable } from '@nestjs/common';
import { IntlMessageFormat } from 'intl-messageformat';
import { type RawValues, type RenderedText, TextRenderer } from '../application/notification-texts';
import type { AmountOf } from '../domain/fact';
import type { NotificationKind } from '../domain/kinds';
import type { Language } from '../domain/language';
import { TEXTS, type TextValues } from '../domain/texts';

/** Line breaks and other controls, and what turns the direction of a text around or draws nothing. */
const UNPRINTABLE = /[\p{Cc}\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
/** Longer names are cut: a title is a subject too. */
const LONGEST_VALUE = 120;

/** ICU MessageFormat. Values are put in as they are and never read as messages or tags. */
@Injectable()
export class IcuTextRenderer extends TextRenderer {
  private readonly formats = new Map<string, IntlMessageFormat>();

  override render(language: Language, kind: NotificationKind, raw: RawValues): RenderedText {
    const values = valuesIn(language, raw);
    const { title, body } = TEXTS[language][kind];
    return { title: this.format(language, title, values), body: this.format(language, body, values) };
  }

  private format(language: Language, message: string, values: TextValues): string {
    const key = `${language} ${message}`;
    const format = this.formats.get(key) ?? new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
    this.formats.set(key, format);
    return String(format.format({ ...values }));
  }
}

function valuesIn(language: Language, { amount, date, count, ...names }: RawValues): TextValues {
  return {
    brand: oneLine(names.brand),
    influencer: oneLine(names.influencer),
    agency: oneLine(names.agency),
    party: oneLine(names.party),
    campaign: oneLine(names.campaign),
    name: oneLine(names.name),
    actor: oneLine(names.actor),
    count,
    amount: amount === null ? '' : amountIn(language, amount),
    date: date === null ? '' : dayIn(language, date),
    hasDate: date === null ? 'no' : 'yes',
  };
}

export function oneLine(text: string): string {
  const characters = [...text.replace(UNPRINTABLE, ' ').trim()];
  return characters.length <= LONGEST_VALUE
    ? characters.join('')
    : `${characters.slice(0, LONGEST_VALUE - 1).join('')}…`;
}

/** Exact, from the decimal string; with the ISO code, for ¥ alone says too little. */
function amountIn(language: Language, { amountMinor, currency }: AmountOf): string {
  const { code, minorUnitDigits: digits } = currencyOf(currency);
  const decimal = formatMoney({ amountMinor: BigInt(amountMinor), currency: code });
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: code,
    currencyDisplay: 'code',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(decimal as `${number}`);
}

function dayIn(language: Language, date: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
