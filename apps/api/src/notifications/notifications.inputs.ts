import { type Group, GROUPS, type Language, LANGUAGES } from '@evenhand/notifications';
import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageArgs } from '../graphql';
import { LanguageEnum, NotificationGroupEnum } from './notifications.enums';

const MOST_IDS = 100;

@ArgsType()
export class NotificationsArgs extends PageArgs {
  @Field(() => Boolean, { defaultValue: false })
  @IsBoolean()
  unreadOnly: boolean = false;

  @Field(() => LanguageEnum, { nullable: true, description: 'Of the texts; by default the viewer’s own.' })
  @IsOptional()
  @IsIn(LANGUAGES)
  language: Language | null = null;
}

@InputType()
export class MarkNotificationsReadInput {
  @Field(() => [ID], { defaultValue: [] })
  @IsArray()
  @ArrayMaxSize(MOST_IDS)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  notificationIds: string[] = [];

  @Field(() => String, { nullable: true, description: 'The cursor of a notification: it and all that are older.' })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  throughCursor: string | null = null;
}

@InputType()
export class SetNotificationPreferenceInput {
  @Field(() => NotificationGroupEnum)
  @IsIn(GROUPS)
  group: Group;

  @Field(() => Boolean, { nullable: true, description: 'Null: as it is.' })
  @IsOptional()
  @IsBoolean()
  inProduct: boolean | null = null;

  @Field(() => Boolean, { nullable: true, description: 'Null: as it is.' })
  @IsOptional()
  @IsBoolean()
  email: boolean | null = null;
}

@InputType()
export class ChangeLanguageInput {
  @Field(() => LanguageEnum)
  @IsIn(LANGUAGES)
  language: Language;
}
