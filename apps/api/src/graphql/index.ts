export * from './access/rules';
export { CurrentActor, CurrentRequest, Input } from './current-actor.decorator';
export { resultUnion } from './errors/result-union';
export { BUSY, isUnavailable, UNAVAILABLE } from './errors/unavailable';
export { LoaderPerActor } from './loader-per-actor';
export { PagesPerActor } from './pages-per-actor';
export type { RequestContext } from './request-context';
export { RequestContextFactory } from './request-context.factory';
export { RequestContextModule } from './request-context.module';
export { type Connection, connectionOf, PageArgs, toConnection } from './types/connection';
export { enumOf } from './types/enum-of';
export { FitType, toFit } from './types/fit.type';
export {
  fromAnyGlobalId,
  fromGlobalId,
  fromLedgerId,
  type IdPrefix,
  isIdPrefix,
  type LedgerIdPrefix,
  type LedgerKey,
  toGlobalId,
  toLedgerId,
} from './types/global-id';
export { IdField } from './types/id-field.decorator';
export { fromMoneyInput, MoneyInput, MoneyType, toMoney } from './types/money.type';
export {
  ChannelPlatformEnum,
  CompensationKindEnum,
  EarningKindEnum,
  EarningSourceEnum,
  ShareRoleEnum,
} from './types/shared.enums';
export { Counted } from './selected';
export { Text, Texts } from './types/text.decorator';
