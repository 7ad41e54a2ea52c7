import { isCustomerAddress } from '../../domain/customer';
import { type FileMapping, normalisedName } from '../../domain/file-mapping';
import type { CustomerTokens } from '../risk/customer-tokens';
import type { FileRow, RowCorrection } from './sales-file-reader';

/**
 * Rows as they may be kept: every address in them is a token of it, from which the row is read alike, and anything else
 * that stands for a customer is left out. Values of a row that is out of step stand in each other's columns.
 */
export function protectedRecords(
  tokens: CustomerTokens,
  brandId: string,
  mapping: FileMapping,
  records: readonly FileRow[],
): readonly FileRow[] {
  return records.map((row) => ({ ...row, values: protectedValues(tokens, brandId, mapping, row.values) }));
}

/** The same of what a person corrects. */
export function protectedCorrection(
  tokens: CustomerTokens,
  brandId: string,
  mapping: FileMapping,
  { column, ...correction }: RowCorrection,
): RowCorrection {
  const { [column]: value = '' } = protectedValues(tokens, brandId, mapping, { [column]: correction.value });
  return { ...correction, column, value };
}

function protectedValues(
  tokens: CustomerTokens,
  brandId: string,
  mapping: FileMapping,
  values: FileRow['values'],
): FileRow['values'] {
  const customers = (mapping.columns.customer_email ?? []).map(normalisedName);
  const kept = Object.entries(values).map(([column, value]) => {
    const isCustomer = customers.includes(normalisedName(column));
    if (!isCustomer && !isCustomerAddress(value)) return [column, value] as const;
    return [column, tokens.tokensOf(brandId, value)[0] ?? ''] as const;
  });
  return Object.fromEntries(kept);
}
