import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users, their sessions and API keys, and the counters that slow guessing down. */
export class Identity1764000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WHO_ASKS);
    await runner.query(POLICIES);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema identity cascade');
  }
}

const TABLES = `
  create schema identity;

  create table identity.users (
    id uuid primary key,
    email text not null constraint users_email_key unique check (email = lower(email) and length(email) <= 254),
    password_hash text not null check (password_hash like '$argon2id$%'),
    display_name text not null check (length(display_name) between 1 and 100),
    locale text not null check (length(locale) <= 35),
    staff_roles text[] not null default '{}'
      check (staff_roles <@ array['finance_preparer', 'finance_approver', 'operator'])
      check (not ('operator' = any (staff_roles) and cardinality(staff_roles) > 1)),
    created_at timestamptz not null,
    disabled_at timestamptz
  );

  create table identity.sessions (
    id uuid primary key,
    user_id uuid not null references identity.users,
    token_hash bytea not null unique check (length(token_hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    revoked_at timestamptz
  );
  create index sessions_user on identity.sessions (user_id) where revoked_at is null;

  create table identity.api_keys (
    id uuid primary key,
    name text not null check (length(name) between 1 and 100),
    prefix text not null check (length(prefix) = 12),
    secret_hash bytea not null unique check (length(secret_hash) = 32),
    scopes text[] not null,
    party_id uuid,
    created_by uuid not null references identity.users,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    last_used_at timestamptz,
    revoked_at timestamptz
  );
  create index api_keys_creator on identity.api_keys (created_by, created_at desc);
  create index api_keys_party on identity.api_keys (party_id) where party_id is not null;

  create table identity.attempts (
    bucket text not null check (bucket in ('sign_in_email', 'sign_in_address', 'sign_up_address')),
    subject_hash bytea not null check (length(subject_hash) = 32),
    attempts integer not null check (attempts > 0),
    window_ends_at timestamptz not null,
    primary key (bucket, subject_hash)
  );
  create index attempts_ended on identity.attempts (window_ends_at);
`;

/** Every request asks this; the session of a token that is neither expired nor revoked, of a user who is not disabled. */
const WHO_ASKS = `
  create function identity.live_session(token bytea, at timestamptz) returns jsonb
    language plpgsql stable set search_path = '' as $$
    begin
      return (
        select jsonb_build_object('id', session.id, 'userId', session.user_id, 'createdAt', session.created_at,
          'expiresAt', session.expires_at)
        from identity.sessions as session join identity.users as account on account.id = session.user_id
        where session.token_hash = token and session.revoked_at is null and session.expires_at > at
          and account.disabled_at is null);
    end $$;
`;

/** A session or an attempt is nobody's to read: only the system works on them. */
const POLICIES = `
  alter table identity.users enable row level security;
  alter table identity.sessions enable row level security;
  alter table identity.api_keys enable row level security;
  alter table identity.attempts enable row level security;

  create policy users_read on identity.users for select
    using ((select access.is_system()) or (select access.is_operator()) or id = (select access.user_id()));
  create policy users_add on identity.users for insert with check ((select access.is_system()));
  create policy users_change on identity.users for update
    using ((select access.is_system()) or (select access.is_operator()));

  create policy sessions_system on identity.sessions using ((select access.is_system()));
  create policy attempts_system on identity.attempts using ((select access.is_system()));

  create policy api_keys_read on identity.api_keys for select
    using ((select access.is_system()) or created_by = (select access.user_id())
      or party_id = any ((select access.party_ids())::uuid[]));
  create policy api_keys_add on identity.api_keys for insert
    with check ((select access.is_system()) or created_by = (select access.user_id()));
  create policy api_keys_change on identity.api_keys for update
    using ((select access.is_system()) or created_by = (select access.user_id())
      or party_id = any ((select access.party_ids())::uuid[]));
`;

const GRANTS = `
  grant usage on schema identity to evenhand_app;
  grant select, insert on identity.users, identity.sessions, identity.api_keys to evenhand_app;
  grant update (locale, staff_roles, disabled_at) on identity.users to evenhand_app;
  grant update (expires_at, revoked_at) on identity.sessions to evenhand_app;
  grant update (last_used_at, revoked_at) on identity.api_keys to evenhand_app;
  grant select, insert, update, delete on identity.attempts to evenhand_app;
`;
