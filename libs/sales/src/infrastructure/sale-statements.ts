// Set-wise writes: $1 the brand, $2 the rows as a JSON array whose names are those of the records.

export const ADD_SALES = `
  insert into sales.sales (brand_id, sale_id, event_id, source, external_id, order_number, deal_id, campaign_id,
    influencer_id, kind, attributed_by, attributed_value, attribution, decision, is_part,
    counts_as_livestream, counts_running_sales, order_currency, order_base_minor, conversion, currency, base_minor,
    commission_minor, occurred_at, release_at, recorded_at)
  select $1, "saleId", "eventId", source, "externalId", "orderNumber", "dealId", "campaignId",
    "influencerId", kind, "attributedBy", "attributedValue", attribution, decision, "isPart",
    "countsAsLivestream", "countsRunningSales", "orderCurrency", "orderBaseMinor", conversion, currency, "baseMinor",
    "commissionMinor", "occurredAt", "releaseAt", "recordedAt"
  from jsonb_to_recordset($2::jsonb) as sale ("saleId" uuid, "eventId" uuid, source text, "externalId" text,
    "orderNumber" text, "dealId" uuid, "campaignId" uuid, "influencerId" uuid, kind text, "attributedBy" text,
    "attributedValue" text, attribution jsonb, decision text, "isPart" boolean, "countsAsLivestream" boolean,
    "countsRunningSales" boolean, "orderCurrency" text, "orderBaseMinor" bigint, conversion jsonb, currency text,
    "baseMinor" bigint, "commissionMinor" bigint, "occurredAt" timestamptz, "releaseAt" timestamptz,
    "recordedAt" timestamptz)`;

export const ADD_LINES = `
  insert into sales.sale_lines (brand_id, sale_id, line_number, line_id, sku, quantity, unit_price_minor,
    discount_minor, tax_minor, shipping_minor, base_minor)
  select $1, "saleId", "lineNumber", "lineId", sku, quantity, "unitPriceMinor", "discountMinor", "taxMinor",
    "shippingMinor", "baseMinor"
  from jsonb_to_recordset($2::jsonb) as line ("saleId" uuid, "lineNumber" smallint, "lineId" text, sku text,
    quantity integer, "unitPriceMinor" bigint, "discountMinor" bigint, "taxMinor" bigint, "shippingMinor" bigint,
    "baseMinor" bigint)`;

export const ADD_UNEARNED_LINES = `
  insert into sales.unearned_lines (brand_id, source, external_id, order_currency, line_number, line_id, sku,
    quantity, base_minor)
  select $1, source, "externalId", "orderCurrency", "lineNumber", "lineId", sku,
    quantity, "baseMinor"
  from jsonb_to_recordset($2::jsonb) as line (source text, "externalId" text, "orderCurrency" text,
    "lineNumber" smallint, "lineId" text, sku text, quantity integer, "baseMinor" bigint)`;

export const ADD_REFUNDS = `
  insert into sales.refunds (brand_id, refund_id, event_id, sale_id, source, external_id,
    order_currency, order_base_minor, currency, base_minor, commission_reversed_minor, occurred_at, recorded_at)
  select $1, "refundId", "eventId", "saleId", source, "externalId",
    "orderCurrency", "orderBaseMinor", currency, "baseMinor", "commissionReversedMinor", "occurredAt", "recordedAt"
  from jsonb_to_recordset($2::jsonb) as refund ("refundId" uuid, "eventId" uuid, "saleId" uuid, source text,
    "externalId" text, "orderCurrency" text, "orderBaseMinor" bigint, currency text, "baseMinor" bigint,
    "commissionReversedMinor" bigint, "occurredAt" timestamptz, "recordedAt" timestamptz)`;

export const SAVE_REFUNDED = `
  update sales.sales sale
  set order_refunded_base_minor = "orderRefundedBaseMinor", refunded_base_minor = "refundedBaseMinor",
    commission_reversed_minor = "commissionReversedMinor"
  from jsonb_to_recordset($2::jsonb)
    as changed ("saleId" uuid, "orderRefundedBaseMinor" bigint, "refundedBaseMinor" bigint,
      "commissionReversedMinor" bigint)
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
