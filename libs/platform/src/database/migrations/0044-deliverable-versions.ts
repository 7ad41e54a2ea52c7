import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of a deal, which versions of its deliverables hold, and comments on those versions. */
export class DeliverableVersions1764000044000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(VERSIONS);
    await runner.query(FILES);
    await runner.query(COMMENTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table deals.version_comments, deals.files;
      drop policy deliverable_versions_add on deals.deliverable_versions;
      drop policy deliverable_versions_decide on deals.deliverable_versions;
      create policy deliverable_versions_add on deals.deliverable_versions for insert with check (
        (select access.is_system()) or ${IS_A_SIDE});
      create policy deliverable_versions_change on deals.deliverable_versions for update using (
        (select access.is_system()) or ${IS_A_SIDE})`);
  }
}

const IS_A_SIDE = `(brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]))`;
const IS_INFLUENCERS = 'influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[])';
const IS_STAFF = '((select access.is_operator()) or (select access.is_finance()))';

/** A version is the influencer's side's, in the name of one of the actor's own parties; what became of it is said once. */
const VERSIONS = `
  drop policy deliverable_versions_add on deals.deliverable_versions;
  drop policy deliverable_versions_change on deals.deliverable_versions;
  create policy deliverable_versions_add on deals.deliverable_versions for insert with check (
    (select access.is_system())
    or (${IS_INFLUENCERS} and outcome is null and submitted_by = (select access.user_id())
        and party_id = any ((select access.party_ids())::uuid[])));
  create policy deliverable_versions_decide on deals.deliverable_versions for update
    using (outcome is null
           and ((select access.is_system()) or brand_id = any ((select access.party_ids())::uuid[])))
    with check (outcome is not null);
`;

/** Until a version holds it, a file is its uploader's alone; afterwards it is the deal's, and nobody changes it. */
const FILES = `
  create table deals.files (
    id uuid primary key,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    uploaded_by uuid not null references identity.users,
    begun_at timestamptz(3) not null,
    -- Null while its bytes are on their way.
    stored_at timestamptz(3),
    name text check (length(name) between 1 and 200),
    type text,
    size_bytes bigint check (size_bytes > 0),
    sha256 bytea check (length(sha256) = 32),
    deliverable_id uuid,
    version_number integer,
    position integer check (position between 1 and 10),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id),
    foreign key (deliverable_id, deal_id) references deals.deliverables (id, deal_id),
    foreign key (deliverable_id, version_number) references deals.deliverable_versions (deliverable_id, number),
    constraint files_places unique (deliverable_id, version_number, position),
    constraint files_stored check (num_nonnulls(stored_at, name, type, size_bytes, sha256) in (0, 5)),
    constraint files_attached check (num_nonnulls(deliverable_id, version_number, position) in (0, 3)),
    constraint files_attached_whole check (deliverable_id is null or stored_at is not null)
  );
  create index files_deal on deals.files (deal_id);
  create index files_unattached on deals.files (begun_at, id) where deliverable_id is null;
  create index files_unattached_of on deals.files (uploaded_by) where deliverable_id is null;

  alter table deals.files enable row level security;
  create policy files_system on deals.files using ((select access.is_system()));
  create policy files_read on deals.files for select using (
    (${IS_STAFF} or ${IS_A_SIDE}) and (deliverable_id is not null or uploaded_by = (select access.user_id())));
  create policy files_upload on deals.files for insert with check (
    ${IS_INFLUENCERS} and uploaded_by = (select access.user_id()) and deliverable_id is null);
  create policy files_attach on deals.files for update
    using (${IS_INFLUENCERS} and uploaded_by = (select access.user_id()) and deliverable_id is null)
    with check (${IS_INFLUENCERS} and uploaded_by = (select access.user_id()));
  create policy files_discard on deals.files for delete using (
    ${IS_A_SIDE} and uploaded_by = (select access.user_id()) and deliverable_id is null);

  grant select, insert, delete on deals.files to evenhand_app;
  grant update (stored_at, name, type, size_bytes, sha256, deliverable_id, version_number, position)
    on deals.files to evenhand_app;
`;

/** Finance sees deals for their money, not what people say of each other's work. */
const COMMENTS = `
  create table deals.version_comments (
    id uuid primary key,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    deliverable_id uuid not null,
    version_number integer not null,
    -- 1, 2, 3 … within the version.
    number integer not null check (number > 0),
    author_id uuid not null references identity.users,
    -- For whom they wrote: the brand, the influencer, or an agency of hers.
    party_id uuid not null references parties.parties,
    text text not null check (length(text) between 1 and 2000),
    -- What it points at: a file, and a moment of a video or a place in an image.
    file_id uuid references deals.files,
    at_ms integer check (at_ms >= 0),
    x_permille integer check (x_permille between 0 and 1000),
    y_permille integer check (y_permille between 0 and 1000),
    idempotency_key text not null check (length(idempotency_key) between 1 and 200),
    written_at timestamptz(3) not null,
    resolved_at timestamptz(3),
    resolved_for uuid references parties.parties,
    constraint version_comments_numbered unique (deliverable_id, version_number, number),
    constraint version_comments_once unique (deal_id, author_id, idempotency_key),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id),
    foreign key (deliverable_id, deal_id) references deals.deliverables (id, deal_id),
    foreign key (deliverable_id, version_number) references deals.deliverable_versions (deliverable_id, number),
    constraint version_comments_pin check (
      (file_id is not null or num_nonnulls(at_ms, x_permille, y_permille) = 0)
      and (x_permille is null) = (y_permille is null) and (at_ms is null or x_permille is null)),
    constraint version_comments_resolved check ((resolved_at is null) = (resolved_for is null))
  );

  alter table deals.version_comments enable row level security;
  create policy version_comments_system on deals.version_comments using ((select access.is_system()));
  create policy version_comments_read on deals.version_comments for select using (
    (select access.is_operator()) or ${IS_A_SIDE});
  create policy version_comments_write on deals.version_comments for insert with check (
    ${IS_A_SIDE} and author_id = (select access.user_id()) and party_id = any ((select access.party_ids())::uuid[]));
  create policy version_comments_resolve on deals.version_comments for update using (${IS_A_SIDE});

  grant select, insert on deals.version_comments to evenhand_app;
  grant update (resolved_at, resolved_for) on deals.version_comments to evenhand_app;
`;
