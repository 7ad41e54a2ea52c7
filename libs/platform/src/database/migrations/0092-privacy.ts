import type { MigrationInterface, QueryRunner } from 'typeorm';
import { watchTable } from './audit-log/watch-table';
import { ERASING, ERASING_FUNCTIONS, GUARD } from './privacy/erasing.sql';

/**
 * Erasures of people, how far each has come, and the functions that erase. It comes after all tables that hold what is
 * personal; a new one adds what erases it here, and is named in the map of personal data.
 */
export class Privacy1764000092000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(GUARD);
    for (const functions of ERASING) await runner.query(functions);
    const names = ERASING_FUNCTIONS.join(', ');
    await runner.query(`revoke execute on function ${names} from public;
      grant execute on function ${names} to evenhand_app`);
    await runner.query(RESEALING);
    await watchTable(runner, { table: 'privacy.erasures', object: ['user', 'r.user_id'], user: 'r.user_id' });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke update (sealed) on webhooks.secrets, sales.import_parts from evenhand_app;
      revoke update (sealed_text) on payouts.bank_files from evenhand_app;
      drop trigger sealed_anew on payouts.bank_files;
      drop function payouts.assert_sealed_anew;
      drop trigger audit_added_or_removed on privacy.erasures;
      drop trigger audit_changed on privacy.erasures;
      drop function audit.on_privacy_erasures;
      drop function ${ERASING_FUNCTIONS.join(', ')};
      alter table parties.influencers drop column erased_at;
      drop schema privacy cascade`);
  }
}

const TABLES = `
  create schema privacy;
  grant usage on schema privacy to evenhand_app;

  create table privacy.erasures (
    erasure_id uuid primary key,
    user_id uuid not null constraint erasures_once unique references identity.users,
    -- Of the person, as they were when it was asked for: her own party, and organisations that nobody else is in.
    influencer_id uuid references parties.parties,
    alone_in uuid[] not null,
    requested_by uuid not null references identity.users,
    -- The operator's; null where she asked for it herself.
    reason text check (length(reason) between 1 and 1000),
    requested_at timestamptz(3) not null,
    finished_at timestamptz(3),
    check ((requested_by = user_id) = (reason is null))
  );
  create index erasures_open on privacy.erasures (requested_at) where finished_at is null;

  create table privacy.erasure_steps (
    erasure_id uuid not null references privacy.erasures,
    step text not null check (length(step) between 1 and 40),
    done_at timestamptz(3) not null,
    primary key (erasure_id, step)
  );

  alter table privacy.erasures enable row level security;
  alter table privacy.erasure_steps enable row level security;
  create policy erasures_system on privacy.erasures using ((select access.is_system()));
  create policy erasures_operator on privacy.erasures for select using ((select access.is_operator()));
  create policy erasure_steps_system on privacy.erasure_steps using ((select access.is_system()));
  create policy erasure_steps_operator on privacy.erasure_steps for select using ((select access.is_operator()));
  grant select, insert on privacy.erasures, privacy.erasure_steps to evenhand_app;
  grant update (finished_at) on privacy.erasures to evenhand_app;
`;

/** Where a new encryption key takes over: what was written once is sealed again, by the system alone. */
const RESEALING = `
  grant update (sealed) on webhooks.secrets, sales.import_parts to evenhand_app;
  grant update (sealed_text) on payouts.bank_files to evenhand_app;

  -- What the bank was given stays: another key, and as many bytes as before.
  create function payouts.assert_sealed_anew() returns trigger language plpgsql set search_path = '' as $$
  begin
    if split_part(new.sealed_text, '.', 1) = split_part(old.sealed_text, '.', 1)
        or length(new.sealed_text) - length(split_part(new.sealed_text, '.', 1))
          <> length(old.sealed_text) - length(split_part(old.sealed_text, '.', 1)) then
      raise exception 'a bank file is only sealed anew, with another key' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end $$;
  create trigger sealed_anew before update of sealed_text on payouts.bank_files
    for each row execute function payouts.assert_sealed_anew();
`;
