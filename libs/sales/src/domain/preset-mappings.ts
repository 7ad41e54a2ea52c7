import { type FileMapping, LINE_FIELDS } from './file-mapping';

const PLAIN = {
  currency: null,
  decimal: '.',
  thousands: null,
  dates: 'zoned',
  timeZone: 'UTC',
  declined: [],
  ignored: [],
} as const;

const REPORT = { ...PLAIN, style: 'transactions', thousands: ',', dates: 'year_first' } as const;

/** Mappings that every brand has, by name: our own CSV, Shopify's JSON and the transaction reports of three networks. */
export const PRESET_MAPPINGS: Readonly<Record<string, FileMapping>> = {
  csv: { ...PLAIN, style: 'lines', columns: Object.fromEntries(LINE_FIELDS.map((field) => [field, [field]])) },
  shopify: { ...PLAIN, style: 'shopify', columns: {} },
  // Awin › Reports › Transactions, exported as CSV, and the fields of its transactions API.
  awin: {
    ...REPORT,
    columns: {
      external_id: ['id', 'transaction_id'],
      order_number: ['extra', 'order_ref', 'order_reference'],
      amount: ['sale_amount', 'sale_amount_amount'],
      commission: ['commission', 'commission_amount', 'commission_amount_amount'],
      currency: ['currency', 'sale_currency', 'sale_amount_currency'],
      occurred_at: ['date', 'transaction_date'],
      clicked_at: ['click_time', 'click_date'],
      code: ['voucher_code'],
      link: ['click_ref', 'click_refs_click_ref', 'clickref'],
      status: ['commission_status', 'status'],
    },
    // The export writes numbers: 0 pending, 1 approved, 2 declined.
    declined: ['declined', 'deleted', '2'],
  },
  // impact.com › Reports › Action Listing and Advanced Action Listing, and the fields of its Actions API.
  impact: {
    ...REPORT,
    columns: {
      external_id: ['Action Id', 'Id'],
      order_number: ['OID', 'Order Id'],
      amount: ['Sale Amount', 'Amount'],
      commission: ['Action Cost', 'Payout'],
      currency: ['Currency', 'Original Currency', 'Payout Currency'],
      occurred_at: ['Action Date', 'Event Date'],
      corrected_at: ['Modification Date'],
      clicked_at: ['Referral Date', 'Referring Date'],
      code: ['Promo Code'],
      link: ['Shared Id', 'Sub Id 1'],
      status: ['Status', 'Action Status', 'State'],
    },
    declined: ['reversed'],
    ignored: ['n/a (media source)'],
  },
  // CJ › Commission Detail: a correction is a row of its own, "Original" false, that names the first one.
  cj: {
    ...REPORT,
    currency: 'USD',
    columns: {
      external_id: ['Commission ID'],
      correction_of: ['Original Action ID'],
      order_number: ['Order ID'],
      amount: ['Sale Amount USD', 'Sale Amount'],
      commission: ['Publisher Commission USD', 'Advertiser Commission USD', 'Commission Amount USD'],
      currency: ['Currency'],
      occurred_at: ['Event Date'],
      corrected_at: ['Posting Date'],
      clicked_at: ['Click Date'],
      code: ['Coupon', 'Coupon Code'],
      link: ['SID'],
      status: ['Action Status'],
    },
  },
};
