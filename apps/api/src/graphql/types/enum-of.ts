import { registerEnumType } from '@nestjs/graphql';

/** Registers a list of domain words (`note_commission`) as an enum under their upper-case names (`NOTE_COMMISSION`). */
export function enumOf<Value extends string>(name: string, values: readonly Value[]): Readonly<Record<string, Value>> {
  const enumeration = Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
  registerEnumType(enumeration, { name });
  return enumeration;
}
