/** What stands where somebody's words stood. */
const WORDS = `'Erased by its author.'`;

/**
 * The application's role changes none of what is append-only. These functions have their owner's rights for one thing alone:
 * to put what says nothing in the place of what is personal, and only of somebody whose erasure has begun.
 */
export const GUARD = `
  create function privacy.assert_erasing(p_user uuid) returns void
    language plpgsql security definer set search_path = '' as $$
    begin
      if not access.is_system() or not exists (select from privacy.erasures where user_id = p_user) then
        raise exception 'Nobody asked for the erasure of this person.' using errcode = 'insufficient_privilege';
      end if;
    end $$;
`;

const IDENTITY = `
  create function identity.erase_user(p_user uuid, p_password_hash text, p_at timestamptz) returns void
    language plpgsql security definer set search_path = '' as $$
    begin
      perform privacy.assert_erasing(p_user);
      update identity.api_keys set name = 'Erased', revoked_at = coalesce(revoked_at, p_at) where created_by = p_user;
      update identity.users
      set email = 'erased-' || id || '@erased.invalid', password_hash = p_password_hash, display_name = 'Erased',
          locale = 'en', disabled_at = coalesce(disabled_at, p_at)
      where id = p_user;
    end $$;
`;

/** The party's row stays, for its id is in the books; an organisation keeps its name, and loses where it was paid. */
const PARTIES = `
  alter table parties.influencers add column erased_at timestamptz;

  create function parties.erase_person(
    p_user uuid, p_email text, p_influencer uuid, p_alone_in uuid[], p_at timestamptz
  ) returns void
    language plpgsql security definer set search_path = '' as $$
    begin
      perform privacy.assert_erasing(p_user);
      update parties.parties set display_name = 'Erased' where id = p_influencer;
      update parties.influencers
      set bio = '', categories = '{}', markets = '{}', languages = '{}', followers_total = 0, search_text = '',
          platforms = '{}', audience_countries = '{}', asking_prices = '{}', erased_at = coalesce(erased_at, p_at)
      where party_id = p_influencer;
      update parties.channels
      set handle = 'erased', handle_key = 'erased', url = 'https://erased.invalid/', followers = 0,
          audience = '{"countries": [], "ages": [], "genders": []}', removed_at = coalesce(removed_at, p_at)
      where influencer_id = p_influencer;
      delete from parties.payout_accounts where party_id = p_influencer or party_id = any (p_alone_in);

      delete from parties.sealed_addresses where influencer_id = p_influencer;
      update parties.delivery_addresses set label = 'Erased', removed_at = coalesce(removed_at, p_at)
      where influencer_id = p_influencer;

      update parties.mandates set state = 'declined', decided_by = p_user, decided_at = p_at
      where influencer_id = p_influencer and state = 'requested';
      update parties.mandates
      set state = 'ended', ended_by = p_user, ended_at = p_at, valid_until = greatest(p_at, valid_from)
      where influencer_id = p_influencer and state = 'accepted' and (valid_until is null or valid_until > p_at);
      update parties.mandates set notice_reason = null where notice_given_by = p_user and notice_reason is not null;
      update parties.mandates set end_reason = null where ended_by = p_user and end_reason is not null;

      update parties.invitations
      set email = 'erased-' || id || '@erased.invalid',
          revoked_at = case when accepted_at is null then coalesce(revoked_at, p_at) end
      where email = p_email;
      update parties.members set removed_at = p_at
      where user_id = p_user and removed_at is null and party_id <> all (p_alone_in);
    end $$;
`;

const WRITTEN = `
  create function campaigns.erase_texts_of(p_user uuid, p_influencer uuid) returns void
    language plpgsql security definer set search_path = '' as $$
    begin
      perform privacy.assert_erasing(p_user);
      update campaigns.offers set message = ${WORDS} where offered_by = p_user::text and message <> ${WORDS};
      update campaigns.bids set end_reason = ${WORDS}
      where influencer_id = p_influencer and state = 'withdrawn' and end_reason <> ${WORDS};
    end $$;

  create function deals.erase_texts_of(p_user uuid, p_influencer uuid) returns void
    language plpgsql security definer set search_path = '' as $$
    begin
      perform privacy.assert_erasing(p_user);
      update deals.version_comments set text = ${WORDS} where author_id = p_user and text <> ${WORDS};
      update deals.reviews set text = ${WORDS} where written_by = p_user and text not in ('', ${WORDS});
      update deals.state_changes set note = ${WORDS} where user_id = p_user and note <> ${WORDS};
      update deals.gifts
      set appeal_reason = case when appeal_reason is not null then ${WORDS} end,
          address_label = case when address_label is not null then 'Erased' end
      where influencer_id = p_influencer and (appeal_reason <> ${WORDS} or address_label <> 'Erased');
      update deals.gift_corrections set reason = ${WORDS}
      where influencer_id = p_influencer and proposed_by = 'influencer' and reason <> ${WORDS};
      update deals.files set name = 'erased' where uploaded_by = p_user and name <> 'erased';
    end $$;

  create function messages.erase_texts_of(p_user uuid) returns void
    language plpgsql security definer set search_path = '' as $$
    begin
      perform privacy.assert_erasing(p_user);
      update messages.messages set text = ${WORDS} where author_id = p_user and text <> ${WORDS};
    end $$;
`;

const TOLD = `
  create function notifications.erase_told(p_user uuid) returns void
    language plpgsql security definer set search_path = '' as $$
    begin
      perform privacy.assert_erasing(p_user);
      delete from notifications.emails where notification_id in (
        select notification_id from notifications.notifications where user_id = p_user);
      delete from notifications.heard where user_id = p_user;
      delete from notifications.notifications where user_id = p_user;
      delete from notifications.preferences where user_id = p_user;
    end $$;
`;

export const ERASING = [IDENTITY, PARTIES, WRITTEN, TOLD];

/** Every function above, as it is granted and dropped. */
export const ERASING_FUNCTIONS = [
  'privacy.assert_erasing(uuid)',
  'identity.erase_user(uuid, text, timestamptz)',
  'parties.erase_person(uuid, text, uuid, uuid[], timestamptz)',
  'campaigns.erase_texts_of(uuid, uuid)',
  'deals.erase_texts_of(uuid, uuid)',
  'messages.erase_texts_of(uuid)',
  'notifications.erase_told(uuid)',
];
