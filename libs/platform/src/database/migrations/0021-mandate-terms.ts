import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mandates in full: other cuts for named brands, notice of the end, and an agency twice in a chain where that is allowed. */
export class MandateTerms1764000021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TERMS);
    await runner.query(AGENCY_MAY_ONLY_END);
    await runner.query(CHAIN_POLICY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table parties.chain_policies;
      drop trigger mandates_agency_may_only_end on parties.mandates;
      drop function parties.assert_agency_only_ends;
      drop policy mandates_agency_end on parties.mandates;
      create policy mandates_agency_end on parties.mandates for update
        using (agency_id = any ((select access.party_ids())::uuid[]))
        with check (agency_id = any ((select access.party_ids())::uuid[]) and state = 'ended');
      drop index parties.mandates_running_out;
      alter table parties.mandates
        drop column brand_overrides, drop column notice_days, drop column notice_side, drop column notice_given_by,
        drop column notice_given_at, drop column notice_ends_at, drop column notice_reason, drop column notice_at_once,
        drop column notice_prior_until, drop column end_reason;
      alter table parties.mandates drop constraint mandates_one_version_in_force, drop constraint mandates_ended;
      alter table parties.mandates
        add constraint mandates_pair_version unique (influencer_id, agency_id, version),
        add constraint mandates_one_version_in_force
          exclude using gist (influencer_id with =, agency_id with =, tstzrange(valid_from, valid_until) with &&)
          where (valid_from is not null)`);
  }
}

/**
 * The terms are written once with the request; a notice is written and may be taken back. Two mandates of one pair are
 * possible: whether they may be in force together is the marketplace's policy, decided under the influencer's lock.
 */
const TERMS = `
  alter table parties.mandates
    add column brand_overrides jsonb not null default '[]' check (jsonb_typeof(brand_overrides) = 'array'),
    add column notice_days smallint not null default 0 check (notice_days between 0 and 180),
    add column notice_side text check (notice_side in ('influencer', 'agency')),
    add column notice_given_by uuid references identity.users,
    add column notice_given_at timestamptz,
    add column notice_ends_at timestamptz check (notice_ends_at > notice_given_at),
    add column notice_reason text check (length(notice_reason) <= 1000),
    add column notice_at_once boolean,
    add column notice_prior_until timestamptz,
    add column end_reason text check (length(end_reason) <= 1000),
    add constraint mandates_notice_whole check (
      num_nulls(notice_side, notice_given_by, notice_given_at, notice_ends_at, notice_at_once) in (0, 5)
      and (notice_side is not null or num_nonnulls(notice_reason, notice_prior_until) = 0)),
    add constraint mandates_notice_of_consent check (
      notice_side is null or (valid_from is not null and valid_until <= greatest(notice_ends_at, valid_from))),
    drop constraint mandates_pair_version,
    drop constraint mandates_one_version_in_force,
    add constraint mandates_one_version_in_force
      exclude using gist (mandate_id with =, tstzrange(valid_from, valid_until) with &&)
      where (valid_from is not null);

  -- Nobody ends a version whose time runs out.
  do $$
  declare v_name text;
  begin
    select conname into strict v_name from pg_constraint
    where conrelid = 'parties.mandates'::regclass and pg_get_constraintdef(oid) like '%ended_by IS NOT NULL%';
    execute format('alter table parties.mandates drop constraint %I', v_name);
  end $$;
  alter table parties.mandates add constraint mandates_ended
    check ((state = 'ended') <= (ended_at is not null and (ended_by is not null or valid_until <= ended_at)));

  create index mandates_running_out on parties.mandates (valid_until) where state = 'accepted';

  grant update (notice_side, notice_given_by, notice_given_at, notice_ends_at, notice_reason, notice_at_once,
    notice_prior_until, end_reason) on parties.mandates to evenhand_app;
`;

/**
 * An agency may end, give notice, and take its own notice back. A row it writes has the same consent as before and is in
 * force no longer than before, or no longer than it was before its own notice.
 */
const AGENCY_MAY_ONLY_END = `
  drop policy mandates_agency_end on parties.mandates;
  create policy mandates_agency_end on parties.mandates for update
    using (agency_id = any ((select access.party_ids())::uuid[]))
    with check (agency_id = any ((select access.party_ids())::uuid[]) and state in ('accepted', 'ended'));

  create function parties.assert_agency_only_ends() returns trigger
    language plpgsql set search_path = pg_catalog as $$
    declare
      v_same_notice boolean;
      v_gives_notice boolean;
      v_takes_back boolean;
    begin
      if access.is_system() or new.influencer_id = any (access.party_ids()) then return new; end if;
      v_same_notice := (new.notice_side, new.notice_given_at, new.notice_ends_at, new.notice_prior_until)
        is not distinct from (old.notice_side, old.notice_given_at, old.notice_ends_at, old.notice_prior_until);
      v_gives_notice := old.notice_side is null and new.notice_side = 'agency'
        and new.notice_prior_until is not distinct from old.valid_until;
      v_takes_back := old.notice_side = 'agency' and new.notice_side is null
        and new.valid_until is not distinct from old.notice_prior_until;
      if new.state in (old.state, 'ended')
        and (new.valid_from, new.decided_by, new.decided_at) is not distinct from (old.valid_from, old.decided_by, old.decided_at)
        and (v_takes_back
          or (v_same_notice or v_gives_notice)
            and coalesce(new.valid_until, 'infinity') <= coalesce(old.valid_until, 'infinity'))
      then return new; end if;
      raise exception 'An agency changes nothing of a mandate but its end.'
        using errcode = 'insufficient_privilege', constraint = 'mandates_agency_may_only_end';
    end $$;

  create trigger mandates_agency_may_only_end before update on parties.mandates
    for each row execute function parties.assert_agency_only_ends();
`;

/** What the marketplace allows of chains; versions are added and never edited. */
const CHAIN_POLICY = `
  create table parties.chain_policies (
    version integer primary key check (version > 0),
    same_agency_twice boolean not null,
    effective_from timestamptz not null,
    created_by uuid references identity.users,
    check ((created_by is null) <= (version = 1))
  );
  insert into parties.chain_policies values (1, false, '2026-01-01T00:00:00Z', null);

  alter table parties.chain_policies enable row level security;
  create policy chain_policies_read on parties.chain_policies for select using (true);
  create policy chain_policies_add on parties.chain_policies for insert
    with check ((select access.is_system()) or (select access.is_operator()));
  grant select, insert on parties.chain_policies to evenhand_app;
`;
