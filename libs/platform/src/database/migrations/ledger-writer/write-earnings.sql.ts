export const WRITE_EARNINGS = `
  -- Terms are what many earnings have in common, seats what many shares have; from_escrow is by item.
  create function ledger.write_earnings(
    p_book integer, p_ids bigint[], p_fresh boolean[], p_effective_at timestamptz[], p_from_escrow bigint[],
    p_term_kinds text[], p_term_source_types text[], p_term_deals uuid[], p_term_campaigns uuid[],
    p_term_influencers uuid[], p_term_currencies text[], p_term_rules integer[],
    p_items integer[], p_terms integer[], p_sources uuid[], p_bases bigint[], p_net_sales_before bigint[],
    p_caps_left bigint[], p_grosses bigint[], p_release_at timestamptz[],
    p_seat_parties uuid[], p_seat_roles text[], p_seat_shares text[], p_seat_held boolean[],
    p_share_earnings integer[], p_share_nos integer[], p_share_seats integer[], p_share_amounts bigint[]
  ) returns void language plpgsql as $$
  begin
    insert into earnings
      (book_id, earning_id, rule_id, kind, source_type, source_id, deal_id, campaign_id, influencer_id, currency,
       base_minor, net_sales_before_minor, cap_left_minor, gross_minor, from_escrow_minor, earned_at)
    select p_book, p_ids[w.item], t.rule_id, t.kind, t.source_type, w.source_id, t.deal_id, t.campaign_id,
           t.influencer_id, t.currency, w.base, w.net_sales_before, w.cap_left, w.gross, p_from_escrow[w.item],
           p_effective_at[w.item]
    from unnest(p_items, p_terms, p_sources, p_bases, p_net_sales_before, p_caps_left, p_grosses)
           w (item, term, source_id, base, net_sales_before, cap_left, gross)
    join unnest(p_term_kinds, p_term_source_types, p_term_deals, p_term_campaigns, p_term_influencers, p_term_currencies,
                p_term_rules)
           with ordinality t (kind, source_type, deal_id, campaign_id, influencer_id, currency, rule_id, n) on t.n = w.term
    where p_fresh[w.item];

    insert into shares (book_id, share_id, party_id, influencer_id, role, share, currency, is_held, amount_minor)
    select p_book, (p_ids[p_items[w.earning]] << 6) + w.no, s.party_id, p_term_influencers[p_terms[w.earning]], s.role,
           s.share, p_term_currencies[p_terms[w.earning]], s.is_held, w.amount
    from unnest(p_share_earnings, p_share_nos, p_share_seats, p_share_amounts) w (earning, no, seat, amount)
    join unnest(p_seat_parties, p_seat_roles, p_seat_shares, p_seat_held)
           with ordinality s (party_id, role, share, is_held, n) on s.n = w.seat
    where p_fresh[p_items[w.earning]];

    insert into holds (book_id, earning_id, release_at)
    select p_book, p_ids[w.item], w.release_at from unnest(p_items, p_release_at) w (item, release_at)
    where p_fresh[w.item];
  end $$;
`;
