import { InvalidInput } from '@evenhand/kernel';
import { currencyOf, MAX_AMOUNT_MINOR } from '@evenhand/money';
import { claimedLinesOf, claimsAnything } from './claims';
import { checkCustomer } from './customer';
import type { Claims, RefundEvent, RefundLine, SaleEvent, SaleLine } from './sale-event';

const SOURCE = /^[a-z0-9][a-z0-9_.-]{0,63}$/;
const MAX_ID_LENGTH = 200;
const MAX_LINES = 500;
const MAX_CODES = 20;
const MAX_CLICKS = 20;
/** No basket comes by so many ways. */
export const MAX_LINE_CLAIMS = 50;
const MAX_QUANTITY = 1_000_000;
/** Shops' clocks and time zones are off by hours at most; more is a mistake that would hold the money too long. */
const MAX_AHEAD_MS = 24 * 3_600_000;
const EARLIEST = new Date('2000-01-01T00:00:00Z');

export function isSourceName(text: string): boolean {
  return SOURCE.test(text);
}

/** The event's name, and of a refund its sale's, without which it cannot even be kept; throws {@link InvalidInput}. */
export function checkIdentity(event: {
  readonly source: string;
  readonly externalId: string;
  readonly saleExternalId?: string;
}): void {
  if (!isSourceName(event.source)) {
    throw new InvalidInput('source', 'A source is 1 to 64 lower-case letters, digits, dots, hyphens or underscores.');
  }
  checkText('externalId', event.externalId, MAX_ID_LENGTH);
  if (event.saleExternalId !== undefined) checkText('saleExternalId', event.saleExternalId, MAX_ID_LENGTH);
}

/** Throws {@link InvalidInput} or `UnknownCurrency` for a sale that no shop can mean. */
export function checkSale(event: SaleEvent, now: Date): void {
  checkText('orderNumber', event.orderNumber, MAX_ID_LENGTH);
  checkClaims('', event, now);
  if (event.customer) checkCustomer(event.customer);
  currencyOf(event.currency);
  checkInstant('occurredAt', event.occurredAt, now);
  const hasBase = event.baseMinor !== undefined && event.baseMinor !== null;
  if (hasBase === (event.lines !== undefined)) {
    throw new InvalidInput('lines', 'Give either the lines of the order or its commission base.');
  }
  if (hasBase) checkAmount('baseMinor', event.baseMinor ?? 0n);
  if (!event.lines) return;
  checkLines(event.lines, now);
  if (claimedLinesOf(event).length > MAX_LINE_CLAIMS) {
    throw new InvalidInput('lines', `The lines of an order come by at most ${MAX_LINE_CLAIMS} ways.`);
  }
}

/** `at`: what the names of fields begin with. */
function checkClaims(at: string, claims: Claims, now: Date): void {
  const codes = [claims.code, claims.linkSlug, ...(claims.additionalCodes ?? [])];
  if (codes.length > MAX_CODES) throw new InvalidInput(`${at}additionalCodes`, `At most ${MAX_CODES} codes.`);
  for (const text of codes) if (text) checkText(`${at}code`, text, MAX_ID_LENGTH);
  const clickIds = claims.clickIds ?? [];
  if (clickIds.length > MAX_CLICKS) throw new InvalidInput(`${at}clickIds`, `At most ${MAX_CLICKS} clicks.`);
  for (const text of clickIds) if (text) checkText(`${at}clickIds`, text, MAX_ID_LENGTH);
  if (claims.clickedAt) checkInstant(`${at}clickedAt`, claims.clickedAt, now);
}

/** Throws {@link InvalidInput} or `UnknownCurrency` for a refund that no shop can mean. */
export function checkRefund(event: RefundEvent, now: Date): void {
  currencyOf(event.currency);
  checkInstant('occurredAt', event.occurredAt, now);
  const hasAmount = event.amountMinor !== undefined && event.amountMinor !== null;
  const hasLines = event.lines !== undefined && event.lines.length > 0;
  if ((event.full ?? false) === (hasAmount || hasLines)) {
    throw new InvalidInput('full', 'Give either a full refund, or its lines or amount.');
  }
  if (hasAmount) {
    checkAmount('amountMinor', event.amountMinor ?? 0n);
    if (event.amountMinor === 0n) throw new InvalidInput('amountMinor', 'A refund must be more than zero.');
  }
  for (const [index, line] of (event.lines ?? []).entries()) checkRefundLine(`lines[${index}]`, line);
}

function checkLines(lines: readonly SaleLine[], now: Date): void {
  if (lines.length === 0 || lines.length > MAX_LINES) {
    throw new InvalidInput('lines', `An order has 1 to ${MAX_LINES} lines.`);
  }
  let sum = 0n;
  for (const [index, line] of lines.entries()) sum += checkLine(`lines[${index}]`, line, now);
  checkAmount('lines', sum);
}

/** The gross price of the line. */
function checkLine(field: string, line: SaleLine, now: Date): bigint {
  if (line.lineId) checkText(`${field}.lineId`, line.lineId, MAX_ID_LENGTH);
  if (line.sku) checkText(`${field}.sku`, line.sku, MAX_ID_LENGTH);
  if (claimsAnything(line)) checkClaims(`${field}.`, line, now);
  checkQuantity(`${field}.quantity`, line.quantity);
  const parts = {
    unitPriceMinor: line.unitPriceMinor,
    discountMinor: line.discountMinor ?? 0n,
    taxMinor: line.taxMinor ?? 0n,
    shippingMinor: line.shippingMinor ?? 0n,
  };
  for (const [name, amount] of Object.entries(parts)) checkAmount(`${field}.${name}`, amount);
  const gross = BigInt(line.quantity) * parts.unitPriceMinor;
  if (gross < parts.discountMinor + parts.taxMinor + parts.shippingMinor) {
    throw new InvalidInput(field, 'Discount, tax and shipping are more than the price of the line.');
  }
  return gross;
}

function checkRefundLine(field: string, line: RefundLine): void {
  if (!line.lineId && !line.sku) throw new InvalidInput(field, 'Name the line by its id or its SKU.');
  if (line.lineId) checkText(`${field}.lineId`, line.lineId, MAX_ID_LENGTH);
  if (line.sku) checkText(`${field}.sku`, line.sku, MAX_ID_LENGTH);
  checkQuantity(`${field}.quantity`, line.quantity);
}

function checkQuantity(field: string, quantity: number): void {
  if (Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY) return;
  throw new InvalidInput(field, `A quantity is a whole number from 1 to ${MAX_QUANTITY}.`);
}

function checkAmount(field: string, amountMinor: bigint): void {
  if (amountMinor < 0n) throw new InvalidInput(field, 'An amount must not be negative.');
  if (amountMinor > MAX_AMOUNT_MINOR) throw new InvalidInput(field, 'The amount is too large.');
}

function checkText(field: string, text: string, maxLength: number): void {
  if (text.trim() === '' || text.length > maxLength) {
    throw new InvalidInput(field, `Give 1 to ${maxLength} characters.`);
  }
  // Half a surrogate pair is no character, and is stored as another one than was sent.
  if (/[\p{Cc}\p{Cs}]/u.test(text)) throw new InvalidInput(field, 'Control characters are not allowed here.');
}

function checkInstant(field: string, instant: Date, now: Date): void {
  const isKnown = instant.getTime() >= EARLIEST.getTime();
  if (!isKnown) throw new InvalidInput(field, 'Give an instant after the year 2000, with its time zone.');
  if (instant.getTime() > now.getTime() + MAX_AHEAD_MS) throw new InvalidInput(field, 'This instant is in the future.');
}
