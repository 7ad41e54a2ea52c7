import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The application's role and the functions that row-level security policies are written with. Each reads a setting of
 * the present transaction; where it is unset, nobody is there and nothing is visible.
 */
export class Access1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$
      begin
        create role evenhand_app nologin nosuperuser nobypassrls;
      exception when duplicate_object or unique_violation then null;
      end $$;
      grant evenhand_app to current_user;
      revoke create on schema public from public;

      create schema access;
      grant usage on schema access to evenhand_app;

      create function access.is_system() returns boolean language sql stable parallel safe as
        $$ select coalesce(current_setting('evenhand.system', true) = 'on', false) $$;

      create function access.user_id() returns uuid language sql stable parallel safe as
        $$ select nullif(current_setting('evenhand.user_id', true), '')::uuid $$;

      create function access.party_ids() returns uuid[] language sql stable parallel safe as
        $$ select coalesce(nullif(current_setting('evenhand.party_ids', true), ''), '{}')::uuid[] $$;

      create function access.represented_ids() returns uuid[] language sql stable parallel safe as
        $$ select coalesce(nullif(current_setting('evenhand.represented_ids', true), ''), '{}')::uuid[] $$;

      create function access.has_staff_role(variadic roles text[]) returns boolean language sql stable parallel safe as
        $$ select coalesce(nullif(current_setting('evenhand.staff_roles', true), ''), '{}')::text[] && roles $$;

      create function access.is_finance() returns boolean language sql stable parallel safe as
        $$ select access.has_staff_role('finance_preparer', 'finance_approver') $$;

      create function access.is_operator() returns boolean language sql stable parallel safe as
        $$ select access.has_staff_role('operator') $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema access cascade');
  }
}
