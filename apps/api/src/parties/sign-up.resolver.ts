import { EmailTaken, InvalidEmail, TooManyAttempts, WeakPassword } from '@evenhand/identity';
import { type Actor, InvalidInput } from '@evenhand/kernel';
import {
  AlreadyInfluencer,
  CreateInfluencer,
  CreateOrganisation,
  GetViewer,
  LoadActor,
  SignUpAgency,
  SignUpBrand,
  SignUpInfluencer,
} from '@evenhand/parties';
import { Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentRequest, Input, type RequestContext, resultUnion } from '../graphql';
import { preferredLanguage } from '../http/preferred-language';
import { SessionAnswer } from './session-answer';
import {
  CreateInfluencerInput,
  CreateOrganisationInput,
  SignUpAgencyInput,
  SignUpBrandInput,
  SignUpInfluencerInput,
} from './sign-up.inputs';
import { SignedInType, toViewer, ViewerType } from './viewer.types';

const SignUpResult = resultUnion('SignUpResult', () => SignedInType, [
  EmailTaken,
  InvalidEmail,
  WeakPassword,
  TooManyAttempts,
]);
const CreateOrganisationResult = resultUnion('CreateOrganisationResult', () => ViewerType, [InvalidInput]);
const CreateInfluencerResult = resultUnion('CreateInfluencerResult', () => ViewerType, [
  AlreadyInfluencer,
  InvalidInput,
]);

@Resolver(() => ViewerType)
export class SignUpResolver {
  constructor(
    private readonly signUpBrands: SignUpBrand,
    private readonly signUpAgencies: SignUpAgency,
    private readonly signUpInfluencers: SignUpInfluencer,
    private readonly createOrganisations: CreateOrganisation,
    private readonly createInfluencers: CreateInfluencer,
    private readonly getViewer: GetViewer,
    private readonly loadActor: LoadActor,
    private readonly answer: SessionAnswer,
  ) {}

  @Query(() => ViewerType, { nullable: true, description: 'The person signed in; null for nobody.' })
  async me(@CurrentActor() actor: Actor): Promise<ViewerType | null> {
    return actor.kind === 'person' ? toViewer(await this.getViewer.execute({ actor })) : null;
  }

  @Mutation(() => SignUpResult.type, { description: 'A person, their brand and a session.' })
  signUpBrand(@CurrentRequest() context: RequestContext, @Input() input: SignUpBrandInput) {
    const command = commandOf(context, input);
    return SignUpResult.of(async () => this.answer.give(context, await this.signUpBrands.execute(command)));
  }

  @Mutation(() => SignUpResult.type, { description: 'A person, their agency and a session.' })
  signUpAgency(@CurrentRequest() context: RequestContext, @Input() input: SignUpAgencyInput) {
    const command = commandOf(context, input);
    return SignUpResult.of(async () => this.answer.give(context, await this.signUpAgencies.execute(command)));
  }

  @Mutation(() => SignUpResult.type, { description: 'An influencer and a session.' })
  signUpInfluencer(@CurrentRequest() context: RequestContext, @Input() input: SignUpInfluencerInput) {
    const command = commandOf(context, input);
    return SignUpResult.of(async () => this.answer.give(context, await this.signUpInfluencers.execute(command)));
  }

  @Mutation(() => CreateOrganisationResult.type, { description: 'A brand or agency of the person signed in.' })
  createOrganisation(@CurrentActor() actor: Actor, @Input() input: CreateOrganisationInput) {
    return CreateOrganisationResult.of(async () => {
      await this.createOrganisations.execute({ ...input, actor });
      return this.viewerAfresh(actor);
    });
  }

  @Mutation(() => CreateInfluencerResult.type, { description: 'Makes the person signed in an influencer.' })
  createInfluencer(@CurrentActor() actor: Actor, @Input() input: CreateInfluencerInput) {
    return CreateInfluencerResult.of(async () => {
      await this.createInfluencers.execute({ ...input, actor });
      return this.viewerAfresh(actor);
    });
  }

  /** The actor of this request does not know yet what it has just become. */
  private async viewerAfresh(actor: Actor): Promise<ViewerType> {
    const afresh = actor.kind === 'person' ? await this.loadActor.forUser(actor.userId, actor.scopes) : actor;
    return toViewer(await this.getViewer.execute({ actor: afresh }));
  }
}

/** In the language of the browser where none is said. */
function commandOf<Input extends { readonly locale: string | null }>({ request }: RequestContext, input: Input) {
  return { ...input, locale: input.locale ?? preferredLanguage(request), address: request.ip };
}
