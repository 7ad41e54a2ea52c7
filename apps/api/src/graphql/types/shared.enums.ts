import { CHANNEL_PLATFORMS, COMPENSATION_KINDS, EARNING_KINDS } from '@evenhand/kernel';
import { SHARE_ROLES, SOURCE_TYPES } from '@evenhand/ledger';
import { enumOf } from './enum-of';

/** Words of several contexts; those of one stay with it. */
export const ChannelPlatformEnum = enumOf('ChannelPlatform', CHANNEL_PLATFORMS);
export const CompensationKindEnum = enumOf('CompensationKind', COMPENSATION_KINDS);
export const EarningKindEnum = enumOf('EarningKind', EARNING_KINDS);
export const EarningSourceEnum = enumOf('EarningSource', SOURCE_TYPES);
export const ShareRoleEnum = enumOf('ShareRole', SHARE_ROLES);
