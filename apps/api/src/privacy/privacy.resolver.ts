import { InvalidCredentials, OwnAccount, TooManyAttempts } from '@evenhand/identity';
import type { Actor } from '@evenhand/kernel';
import {
  DealsStillOpen,
  EraseMyAccount,
  ErasePerson,
  type Erasure,
  MoneyStillDue,
  OnlyOwnerOfOrganisation,
  StaffRoleHeld,
} from '@evenhand/privacy';
import { Mutation, Resolver } from '@nestjs/graphql';
import {
  CurrentActor,
  CurrentRequest,
  fromGlobalId,
  Input,
  type RequestContext,
  resultUnion,
  toGlobalId,
} from '../graphql';
import { clearSessionCookie } from '../http/session-cookie';
import { EraseMyAccountInput, ErasePersonInput } from './privacy.inputs';
import { ErasureBegunType } from './privacy.types';

const BINDING = [DealsStillOpen, MoneyStillDue, OnlyOwnerOfOrganisation, StaffRoleHeld] as const;
const EraseMyAccountResult = resultUnion('EraseMyAccountResult', () => ErasureBegunType, [
  InvalidCredentials,
  TooManyAttempts,
  ...BINDING,
]);
const ErasePersonResult = resultUnion('ErasePersonResult', () => ErasureBegunType, [OwnAccount, ...BINDING]);

@Resolver()
export class PrivacyResolver {
  constructor(
    private readonly own: EraseMyAccount,
    private readonly others: ErasePerson,
  ) {}

  @Mutation(() => EraseMyAccountResult.type, {
    description:
      'For good: the account is shut at once, and what is personal goes. Refused while deals or money are open, or where ' +
      'somebody else would be left without an owner.',
  })
  eraseMyAccount(
    @CurrentActor() actor: Actor,
    @CurrentRequest() context: RequestContext,
    @Input() { password }: EraseMyAccountInput,
  ) {
    return EraseMyAccountResult.of(async () => {
      const erasure = await this.own.execute({ actor, password });
      clearSessionCookie(context.reply);
      return answerOf(erasure);
    });
  }

  @Mutation(() => ErasePersonResult.type, {
    description: 'By an operator, for a person who asked by other means; under the same conditions.',
  })
  erasePerson(@CurrentActor() actor: Actor, @Input() { userId, reason }: ErasePersonInput) {
    const command = { actor, userId: fromGlobalId('user', userId), reason };
    return ErasePersonResult.of(async () => answerOf(await this.others.execute(command)));
  }
}

function answerOf({ userId, requestedAt }: Erasure): ErasureBegunType {
  return { userId: toGlobalId('user', userId), requestedAt };
}
