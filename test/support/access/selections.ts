import { getNamedType, type GraphQLNamedType, isInterfaceType, isLeafType, isObjectType, isUnionType } from 'graphql';
import type { FieldPolicy } from '../../../apps/api/src/graphql/access/rules';
import type { Actor } from '@evenhand/kernel';

const MAX_DEPTH = 7;
/** So that a document stays within what the API takes. */
const LEAVES_PER_DOCUMENT = 120;

type Tree = Map<string, Tree>;

/** Selections that together ask for every field below the type that the policy opens to the actor. */
export function fullSelections(type: GraphQLNamedType, policy: FieldPolicy, actor: Actor): readonly string[] {
  const leaves = leafPaths(type, policy, actor, []);
  if (leaves.length === 0) return isLeafType(type) ? [''] : ['{ __typename }'];
  const chunks = Math.ceil(leaves.length / LEAVES_PER_DOCUMENT);
  return Array.from({ length: chunks }, (_, index) =>
    print(treeOf(leaves.slice(index * LEAVES_PER_DOCUMENT, (index + 1) * LEAVES_PER_DOCUMENT))),
  );
}

function leafPaths(
  type: GraphQLNamedType,
  policy: FieldPolicy,
  actor: Actor,
  above: readonly string[],
): readonly (readonly string[])[] {
  if (isUnionType(type)) {
    return type
      .getTypes()
      .flatMap((member) => leafPaths(member, policy, actor, above).map((path) => [`... on ${member.name}`, ...path]));
  }
  if (above.length >= MAX_DEPTH || !(isObjectType(type) || isInterfaceType(type))) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    if (policy[type.name]?.[field.name]?.may(actor) !== true) return [];
    const below = getNamedType(field.type);
    if (isLeafType(below)) return [[field.name]];
    if (above.includes(below.name)) return [];
    return leafPaths(below, policy, actor, [...above, type.name]).map((path) => [field.name, ...path]);
  });
}

function treeOf(paths: readonly (readonly string[])[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    let at = root;
    for (const name of path) {
      const next: Tree = at.get(name) ?? new Map();
      at.set(name, next);
      at = next;
    }
  }
  return root;
}

function print(tree: Tree): string {
  const fields = [...tree].map(([name, below]) => (below.size === 0 ? name : `${name} ${print(below)}`));
  return `{ ${fields.join(' ')} }`;
}
