import { Injectable } from '@nestjs/common';
import type { SalesFileFormat } from '../application/commands';
import { type SalesFileContent, SalesFileReader } from '../application/sales-file-reader';
import { UnreadableSalesFile } from '../domain/errors';
import { readCsv } from './csv/read-csv';
import { readShopify } from './shopify/read-shopify';

const READERS: Readonly<Record<SalesFileFormat, (text: string, source: string) => SalesFileContent>> = {
  csv: readCsv,
  shopify: readShopify,
};

@Injectable()
export class SalesFileReaders extends SalesFileReader {
  override read(format: SalesFileFormat, content: Buffer, source: string): SalesFileContent {
    return READERS[format](utf8(content), source);
  }
}

function utf8(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new UnreadableSalesFile('The file is not UTF-8 text.');
  }
}
