const KINDS = { user: '001', influencer: '002', campaign: '003', bid: '004' } as const;

/** The id of the thing numbered `n`: a UUIDv7 in form. */
function numbered(kind: keyof typeof KINDS): string {
  return `('0198c0de-0000-7000-8${KINDS[kind]}-' || lpad(to_hex(n), 12, '0'))::uuid`;
}

/** A published campaign of the person with the e-mail $1, and the hash of that person's password. */
export const DEMO_CAMPAIGN = `
  select campaign.id, account.password_hash as "passwordHash"
  from campaigns.campaigns as campaign join parties.members as member on member.party_id = campaign.brand_id
    join identity.users as account on account.id = member.user_id
  where account.email = $1 and campaign.state = 'published'`;

/** Influencers numbered from 1 to $1, whose password has the hash $2. Ids are made from numbers, here and below. */
export const FILL_INFLUENCERS = `
  with person as (
    select n, ${numbered('user')} as user_id, ${numbered('influencer')} as party_id from generate_series(1, $1) as n
  ), users as (
    insert into identity.users (id, email, display_name, password_hash, locale, created_at)
    select user_id, 'influencer' || n || '@bench.example', 'Influencer ' || n, $2, 'fr', now() from person
  ), made as (
    insert into parties.parties (id, kind, display_name, country)
    select party_id, 'influencer', 'Influencer ' || n, 'FR' from person
  )
  insert into parties.influencers (party_id, user_id, bio, categories, markets, languages, search_text)
  select party_id, user_id, '', '{fashion}', '{FR}', '{fr}', 'influencer ' || n from person`;

/** Published campaigns, numbered from $2 to $3: copies of the campaign $1. */
export const FILL_CAMPAIGNS = `
  insert into campaigns.campaigns (id, brand_id, state, brief, bid_deadline, search_text, search_lexemes, created_at,
    published_at)
  select ${numbered('campaign')}, campaign.brand_id, 'published', campaign.brief, campaign.bid_deadline,
    campaign.search_text, campaign.search_lexemes, campaign.created_at - n * interval '1 second',
    campaign.created_at - n * interval '1 second'
  from campaigns.campaigns as campaign cross join generate_series($2::integer, $3) as n
  where campaign.id = $1
  returning id`;

/** A bid of each of the influencers 1 to $2 on the campaign $1, with two offers of the compensation $3. */
export const FILL_BIDS = `
  with bid as (
    insert into campaigns.bids (id, campaign_id, brand_id, influencer_id, state, offer_expires_at, submitted_at)
    select ${numbered('bid')}, campaign.id, campaign.brand_id, ${numbered('influencer')}, 'countered',
      now() + interval '7 days', now() - n * interval '1 minute'
    from campaigns.campaigns as campaign cross join generate_series(1, $2) as n
    where campaign.id = $1
    returning id, brand_id, influencer_id, submitted_at, offer_expires_at
  )
  insert into campaigns.offers (bid_id, brand_id, influencer_id, number, side, compensation, message, offered_by,
    offered_at, expires_at)
  select bid.id, bid.brand_id, bid.influencer_id, number, case number when 1 then 'influencer' else 'brand' end, $3::jsonb, 'With pleasure.',
    'bench', bid.submitted_at, bid.offer_expires_at
  from bid cross join generate_series(1, 2) as number`;

export const NUMBERED = `
  select ${numbered('influencer')} as uuid, 'influencer' || n || '@bench.example' as email
  from generate_series($1::integer, $2) as n`;

export const BIDS_BY = `
  select count(*)::integer as count
  from campaigns.bids as bid join campaigns.offers as offer on offer.bid_id = bid.id
    join platform.outbox as event on event.subject_id = bid.id::text and event.type = 'campaigns.bid_submitted'
  where bid.influencer_id = any ($1) and bid.campaign_id = any ($2)`;
