import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Args, GqlExecutionContext } from '@nestjs/graphql';
import type { RequestContext } from './request-context';

/** The actor of this request. */
export const CurrentActor = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => GqlExecutionContext.create(context).getContext<RequestContext>().actor,
);

/** The whole request context, for cookies and the client's address. */
export const CurrentRequest = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  GqlExecutionContext.create(context).getContext<RequestContext>(),
);

/** The one argument every mutation takes. */
export const Input = () => Args('input');
