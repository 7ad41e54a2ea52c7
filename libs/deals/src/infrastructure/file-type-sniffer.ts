import { Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type/core';
import { FileSniffer } from '../application/files/file-sniffer';

@Injectable()
export class FileTypeSniffer extends FileSniffer {
  override async typeOf(head: Uint8Array): Promise<string | undefined> {
    return (await fileTypeFromBuffer(head))?.mime;
  }
}
