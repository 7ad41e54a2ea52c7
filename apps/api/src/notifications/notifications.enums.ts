import { EMAIL_STATES, GROUPS, NOTIFICATION_KINDS } from '@evenhand/notifications';
import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../graphql/types/enum-of';

export const NotificationKindEnum = enumOf('NotificationKind', NOTIFICATION_KINDS);
export const NotificationGroupEnum = enumOf('NotificationGroup', GROUPS);
export const EmailStateEnum = enumOf('EmailState', EMAIL_STATES);

/** Tags have a hyphen, which the names of GraphQL cannot. */
export const LanguageEnum = { EN: 'en', ZH_HANS: 'zh-Hans', JA: 'ja', FR: 'fr' } as const;
registerEnumType(LanguageEnum, { name: 'Language', description: 'A language that texts are written in.' });
