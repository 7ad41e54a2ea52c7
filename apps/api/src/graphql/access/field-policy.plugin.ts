import type {
  ApolloServerPlugin,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestListener,
} from '@apollo/server';
import { type Actor } from '@evenhand/kernel';
import {
  type DocumentNode,
  getNamedType,
  GraphQLError,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { RequestContext } from '../request-context';
import type { FieldPolicy, FieldRule } from './rules';

type Resolved = GraphQLRequestContextDidResolveOperation<RequestContext>;

/** A field that a document selects anywhere, as `Type.field`. */
interface SelectedField {
  readonly name: string;
  /** Undefined where no rule names it: it is closed to everybody. */
  readonly rule: FieldRule | undefined;
  readonly isRoot: boolean;
}

const ROOTS = new Set(['Query', 'Mutation']);

/** Refuses an operation that selects a field its actor may not see, before any resolver runs. */
export class FieldPolicyPlugin implements ApolloServerPlugin<RequestContext> {
  private readonly selected = new WeakMap<DocumentNode, readonly SelectedField[]>();

  constructor(private readonly policy: (schema: GraphQLSchema) => FieldPolicy) {}

  async requestDidStart(): Promise<GraphQLRequestListener<RequestContext>> {
    return { didResolveOperation: (context) => this.check(context) };
  }

  private async check(context: Resolved): Promise<void> {
    const { actor } = context.contextValue;
    for (const selected of this.selectedIn(context)) refuseUnless(selected, actor);
  }

  /** Every field a document selects, with its rule; the server keeps parsed documents, so this keeps what is in them. */
  private selectedIn({ document, schema }: Pick<Resolved, 'document' | 'schema'>): readonly SelectedField[] {
    const known = this.selected.get(document);
    if (known !== undefined) return known;
    const made = selectedFields(document, schema, this.policy(schema));
    this.selected.set(document, made);
    return made;
  }
}

function selectedFields(document: DocumentNode, schema: GraphQLSchema, policy: FieldPolicy): readonly SelectedField[] {
  const selected = new Map<string, SelectedField>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => {
        const parent = getNamedType(types.getParentType())?.name;
        const field = node.name.value;
        if (parent === undefined || parent.startsWith('__') || field.startsWith('__')) return;
        const name = `${parent}.${field}`;
        selected.set(name, { name, rule: policy[parent]?.[field], isRoot: ROOTS.has(parent) });
      },
    }),
  );
  return [...selected.values()];
}

function refuseUnless({ name, rule, isRoot }: SelectedField, actor: Actor): void {
  if (rule !== undefined && rule.may(actor) && (!isRoot || keyReaches(actor, rule))) return;
  if (actor.kind === 'anonymous') {
    throw new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
  }
  const open = rule === undefined ? 'It is closed.' : `It is open to ${rule.says}.`;
  throw new GraphQLError(`You may not use ${name}. ${open}`, {
    extensions: { code: 'FORBIDDEN', http: { status: 403 } },
  });
}

function keyReaches(actor: Actor, rule: FieldRule): boolean {
  if (actor.kind !== 'person' || actor.scopes === null) return true;
  return rule.scope !== undefined && actor.scopes.includes(rule.scope);
}
