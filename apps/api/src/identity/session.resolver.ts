import { InvalidCredentials, SignIn, SignOut, TooManyAttempts } from '@evenhand/identity';
import { Mutation, Resolver } from '@nestjs/graphql';
import { CurrentRequest, Input, type RequestContext, resultUnion } from '../graphql';
import { clearSessionCookie } from '../http/session-cookie';
import { SessionAnswer, SignedInType } from '../parties';
import { SignInInput, SignOutInput } from './identity.inputs';
import { SignedOutType } from './identity.types';

const SignInResult = resultUnion('SignInResult', () => SignedInType, [InvalidCredentials, TooManyAttempts]);

@Resolver()
export class SessionResolver {
  constructor(
    private readonly signIns: SignIn,
    private readonly signOuts: SignOut,
    private readonly answer: SessionAnswer,
  ) {}

  @Mutation(() => SignInResult.type, { description: 'Opens a session; its cookie comes with the answer.' })
  signIn(@CurrentRequest() context: RequestContext, @Input() input: SignInInput) {
    const command = { email: input.email, password: input.password, address: context.request.ip };
    return SignInResult.of(async () => this.answer.give(context, await this.signIns.execute(command)));
  }

  @Mutation(() => SignedOutType, { description: 'Ends the session of the cookie, or all of the person’s.' })
  async signOut(@CurrentRequest() context: RequestContext, @Input() input: SignOutInput): Promise<SignedOutType> {
    const token = context.sessionToken;
    if (token !== null) await this.signOuts.execute({ token, everywhere: input.everywhere });
    clearSessionCookie(context.reply);
    return { everywhere: input.everywhere };
  }
}
