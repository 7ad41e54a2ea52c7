// Set-wise writes: where nothing else is said, $1 is the brand, $2 the rows as a JSON array whose names are those of the records.

/** $1 the brand, then the columns of {@link saleColumns}: what sales of a batch have in common comes once. */
export const ADD_SALES = `
  insert into sales.sales (brand_id, sale_id, event_id, source, external_id, order_number, deal_id, campaign_id,
    influencer_id, kind, attributed_by, attributed_value, attribution, decision, is_part,
    counts_as_livestream, counts_running_sales, order_currency, order_base_minor, conversion, currency, base_minor,
    commission_minor, occurred_at, release_at, recorded_at)
  select $1, sale_id, event_id, source, external_id, order_number, "dealId", "campaignId",
    "influencerId", kind, "attributedBy", "attributedValue", attribution, decision, "isPart",
    "countsAsLivestream", "countsRunningSales", "orderCurrency", order_base_minor, conversion, currency, base_minor,
    commission_minor, occurred_at, release_at, "recordedAt"
  from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[],
              $9::timestamptz[], $10::timestamptz[], $11::integer[])
    as sale (sale_id, event_id, external_id, order_number, order_base_minor, base_minor, commission_minor,
             occurred_at, release_at, terms_no)
  join rows from (jsonb_to_recordset($12::jsonb) as (source text, "dealId" uuid, "campaignId" uuid, "influencerId" uuid,
         kind text, "attributedBy" text, "attributedValue" text, attribution jsonb, decision text, "isPart" boolean,
         "countsAsLivestream" boolean, "countsRunningSales" boolean, "orderCurrency" text, conversion jsonb,
         currency text, "recordedAt" timestamptz)) with ordinality as terms on terms.ordinality = sale.terms_no`;

/** $1 the brand, then the columns of {@link lineColumns}. */
export const ADD_LINES = `
  insert into sales.sale_lines (brand_id, sale_id, line_number, line_id, sku, quantity, unit_price_minor,
    discount_minor, tax_minor, shipping_minor, base_minor)
  select $1, line.*
  from unnest($2::uuid[], $3::smallint[], $4::text[], $5::text[], $6::integer[], $7::bigint[], $8::bigint[], $9::bigint[],
              $10::bigint[], $11::bigint[]) as line`;

export const ADD_UNEARNED_LINES = `
  insert into sales.unearned_lines (brand_id, source, external_id, order_currency, line_number, line_id, sku,
    quantity, base_minor)
  select $1, source, "externalId", "orderCurrency", "lineNumber", "lineId", sku,
    quantity, "baseMinor"
  from jsonb_to_recordset($2::jsonb) as line (source text, "externalId" text, "orderCurrency" text,
    "lineNumber" smallint, "lineId" text, sku text, quantity integer, "baseMinor" bigint)`;

export const ADD_REFUNDS = `
  insert into sales.refunds (brand_id, refund_id, reason, event_id, sale_id, source, external_id,
    order_currency, order_base_minor, currency, base_minor, commission_reversed_minor, occurred_at, recorded_at)
  select $1, "refundId", reason, "eventId", "saleId", source, "externalId",
    "orderCurrency", "orderBaseMinor", currency, "baseMinor", "commissionReversedMinor", "occurredAt", "recordedAt"
  from jsonb_to_recordset($2::jsonb) as refund ("refundId" uuid, reason text, "eventId" uuid, "saleId" uuid, source text,
    "externalId" text, "orderCurrency" text, "orderBaseMinor" bigint, currency text, "baseMinor" bigint,
    "commissionReversedMinor" bigint, "occurredAt" timestamptz, "recordedAt" timestamptz)`;

export const SAVE_REFUNDED = `
  update sales.sales sale
  set order_refunded_base_minor = "orderRefundedBaseMinor", order_taken_back_minor = "orderTakenBackMinor",
    refunded_base_minor = "refundedBaseMinor", commission_reversed_minor = "commissionReversedMinor"
  from jsonb_to_recordset($2::jsonb)
    as changed ("saleId" uuid, "orderRefundedBaseMinor" bigint, "orderTakenBackMinor" bigint,
      "refundedBaseMinor" bigint, "commissionReversedMinor" bigint)
  where sale.brand_id = $1 and sale.sale_id = "saleId"`;

export const SAVE_REFUNDED_LINES = `
  update sales.sale_lines line
  set refunded_quantity = "refundedQuantity"
  from jsonb_to_recordset($2::jsonb) as changed ("saleId" uuid, "lineNumber" smallint, "refundedQuantity" integer)
  where line.brand_id = $1 and line.sale_id = "saleId" and line.line_number = "lineNumber"
    and line.refunded_quantity <> "refundedQuantity"`;

export const SAVE_REFUNDED_UNEARNED = `
  update sales.unearned_lines line
  set refunded_quantity = "refundedQuantity", refunded_base_minor = "orderRefundedBaseMinor"
  from jsonb_to_recordset($2::jsonb) as changed (source text, "externalId" text, "lineNumber" smallint,
    "refundedQuantity" integer, "orderRefundedBaseMinor" bigint)
  where line.brand_id = $1 and line.source = changed.source and line.external_id = "externalId"
    and line.line_number = "lineNumber"`;
