import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The transactional outbox: facts stored with what they tell, delivered at least once, per handler. */
export class Outbox1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema platform;
      grant usage on schema platform to evenhand_app;

      create table platform.outbox (
        event_id bigint generated always as identity primary key,
        type text not null check (type ~ '^[a-z]+\\.[a-z_]+$'),
        subject_id text not null,
        payload json not null,
        recorded_at timestamptz not null default now(),
        relayed_at timestamptz,
        completed_at timestamptz check (completed_at is null or relayed_at is not null)
      );
      create index outbox_open on platform.outbox (event_id) where completed_at is null;

      create table platform.outbox_deliveries (
        event_id bigint not null references platform.outbox,
        handler text not null,
        delivered_at timestamptz not null default now(),
        primary key (event_id, handler)
      );

      alter table platform.outbox enable row level security;
      alter table platform.outbox_deliveries enable row level security;
      create policy outbox_append on platform.outbox for insert with check (true);
      create policy outbox_read on platform.outbox for select using ((select access.is_system()));
      create policy outbox_mark on platform.outbox for update using ((select access.is_system()));
      create policy deliveries_all on platform.outbox_deliveries using ((select access.is_system()));
      grant select, insert on platform.outbox, platform.outbox_deliveries to evenhand_app;
      grant update (relayed_at, completed_at) on platform.outbox to evenhand_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema platform cascade');
  }
}
