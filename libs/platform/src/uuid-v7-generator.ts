import { IdGenerator } from '@evenhand/kernel';
import { uuidv7 } from 'uuidv7';

export class UuidV7Generator extends IdGenerator {
  override next(): string {
    return uuidv7();
  }
}
