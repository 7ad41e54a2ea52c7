import { Injectable } from '@nestjs/common';
import { TypeID } from 'typeid-js';
import { ClickIds } from '../../application/tracking/click-ids';

const PREFIX = 'click';

@Injectable()
export class TypeidClickIds extends ClickIds {
  override textOf(clickId: string): string {
    return TypeID.fromUUID(PREFIX, clickId).toString();
  }

  override idOf(text: string): string | null {
    try {
      return TypeID.fromString(text, PREFIX).toUUID();
    } catch {
      return null;
    }
  }
}
