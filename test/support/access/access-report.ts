import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { FieldPolicy, FieldRule } from '../../../apps/api/src/graphql/access/rules';
import { ROLE_NAMES, ROLES } from './roles';

const PREAMBLE = `# Who may select which field

Generated from the policy of the API (\`apps/api/src/policy.ts\`) by \`npm run schema\`; do not edit.

The policy is the first of three gates: it says who may ask for a field at all, and what it refuses is refused before any
resolver runs. Which objects somebody gets to see is decided by the use cases, and once more by row-level security in
PostgreSQL. A field that no rule names is closed to everybody.
`;

type Table = (readonly string[])[];

/** The whole policy as Markdown: one row per root field, and per type one row for the fields that share a rule. */
export function accessReport(policy: FieldPolicy, schema: GraphQLSchema): string {
  const sections = [
    PREAMBLE,
    ...['Query', 'Mutation'].flatMap((root) => [`## ${root}\n`, `${rootTable(policy[root] ?? {})}\n`]),
    '## Fields of types\n',
    'Every error type has the fields of `BusinessError`, by the same rule.\n',
    typeTable(policy, schema),
  ];
  return `${sections.join('\n')}\n`;
}

function rootTable(fields: Readonly<Record<string, FieldRule>>): string {
  const rows = Object.entries(fields)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([field, rule]) => [`\`${field}\``, rule.says, ...answers(rule), rule.scope ?? 'closed']);
  return markdown([['field', 'open to', ...ROLE_NAMES, 'scope of API keys'], ...rows]);
}

function typeTable(policy: FieldPolicy, schema: GraphQLSchema): string {
  const rows = Object.values(schema.getTypeMap())
    .filter((type) => isInterfaceType(type) || isObjectType(type))
    .filter((type) => !type.name.startsWith('__') && type.name !== 'Query' && type.name !== 'Mutation')
    .filter((type) => !isObjectType(type) || type.getInterfaces().length === 0)
    .flatMap((type) => rowsOf(type.name, Object.keys(type.getFields()), policy[type.name] ?? {}));
  return markdown([['type', 'fields', 'open to', ...ROLE_NAMES], ...rows]);
}

function rowsOf(type: string, fields: readonly string[], rules: Readonly<Record<string, FieldRule>>): Table {
  const byRule = new Map<string, string[]>();
  for (const field of fields) {
    const rule = rules[field];
    const cells = rule === undefined ? ['nobody'] : [rule.says, ...answers(rule)];
    const key = cells.join('\t');
    byRule.set(key, [...(byRule.get(key) ?? []), `\`${field}\``]);
  }
  return [...byRule].map(([key, names]) => [`\`${type}\``, names.join(' '), ...key.split('\t')]);
}

function answers(rule: FieldRule): readonly string[] {
  return ROLE_NAMES.map((role) => (rule.may(ROLES[role]) ? 'yes' : '–'));
}

function markdown([head = [], ...rows]: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
