import type { QueryRunner } from 'typeorm';
import type { AuditedTable } from './audited-tables';

/** Types of which no value says by itself who somebody is: ids, numbers, instants, codes of fixed length. */
const PLAIN_TYPES = new Set(['uuid', 'int2', 'int4', 'int8', 'numeric', 'bool', 'date', 'timestamptz', 'bpchar']);

/** Gives the table its triggers. Each has a function of its own, whose expressions PostgreSQL plans once a session. */
export async function watchTable(runner: QueryRunner, audited: AuditedTable): Promise<void> {
  const columns: { name: string; type: string }[] = await runner.query(
    `select a.attname as name, t.typname as type from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
    [audited.table],
  );
  assertNamed(audited, new Set(columns.map(({ name }) => name)));
  const plain = columns.filter(({ type }) => PLAIN_TYPES.has(type)).map(({ name }) => name);
  await runner.query(triggerSql(audited, [...plain, ...(audited.clear ?? [])]));
}

function assertNamed({ table, ...audited }: AuditedTable, columns: ReadonlySet<string>): void {
  const named = [audited.clear, audited.nested, audited.secret, audited.noise].flatMap((names) => names ?? []);
  const unknown = named.filter((name) => !columns.has(name));
  if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(', ')} for the audit log.`);
}

function triggerSql(audited: AuditedTable, clear: readonly string[]): string {
  const { table, object, within, parties = [], represented, user, finance, openTo } = audited;
  const name = `audit.on_${table.replace('.', '_')}`;
  return `
    create function ${name}() returns trigger language plpgsql security definer set search_path = '' as $$
    declare
      r ${table};
    begin
      if tg_op = 'DELETE' then r := old; else r := new; end if;
      perform audit.record(
        '${table}', tg_op, '${object[0]}', ${object[1]}, ${textOf(within?.[0])}, ${within?.[1] ?? 'null'},
        array[${parties.join(', ')}]::uuid[], ${represented ?? 'null'}, ${user ?? 'null'}, ${finance ?? false},
        ${openTo ?? 'null'}, to_jsonb(old), to_jsonb(new), ${arrayOf(clear)}, ${arrayOf(audited.nested)},
        ${arrayOf(audited.secret)}, ${arrayOf(audited.noise)});
      return null;
    end $$;
    create trigger audit_added_or_removed after insert or delete on ${table} for each row execute function ${name}();
    create trigger audit_changed after update on ${table} for each row
      when (old.* is distinct from new.*) execute function ${name}();
    revoke execute on function ${name}() from public;`;
}

function textOf(value: string | undefined): string {
  return value === undefined ? 'null' : `'${value}'`;
}

function arrayOf(names: readonly string[] = []): string {
  return `array[${names.map(textOf).join(', ')}]::text[]`;
}
