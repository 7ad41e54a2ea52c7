import type { Texts } from './text';

export const EN: Texts = {
  bid_submitted: {
    title: 'New bid from {influencer}',
    body: '{influencer} has bid on “{campaign}”.{hasDate, select, yes { The offer stands until {date} (UTC).} other {}}',
  },
  bid_countered: {
    title: 'Counter-offer for “{campaign}”',
    body: 'There is a new offer between {brand} and {influencer} for “{campaign}”.{hasDate, select, yes { It stands until {date} (UTC).} other {}}',
  },
  bid_accepted: {
    title: 'Your offer for “{campaign}” was accepted',
    body: '{brand} and {influencer} have a deal on “{campaign}”.',
  },
  bid_declined: {
    title: 'Your bid on “{campaign}” was declined',
    body: '{brand} has declined the bid of {influencer} on “{campaign}”.',
  },
  bid_withdrawn: {
    title: '{influencer} has withdrawn a bid',
    body: 'The bid of {influencer} on “{campaign}” was withdrawn.',
  },
  bid_expired: {
    title: 'A bid on “{campaign}” has expired',
    body: 'The last offer between {brand} and {influencer} was not accepted in time.',
  },
  campaign_closed: {
    title: '“{campaign}” takes no more bids',
    body: '{brand} has closed the campaign “{campaign}”. The open bid of {influencer} has ended with it.',
  },
  campaign_cancelled: {
    title: '“{campaign}” was cancelled',
    body: '{brand} has cancelled the campaign “{campaign}”. The open bid of {influencer} has ended with it.',
  },
  saved_search_matched: {
    title: '{count, plural, one {A new result} other {# new results}} for “{name}”',
    body: 'Your saved search “{name}” has found {count, plural, one {something new} other {# new results}}.',
  },
  deal_funded: {
    title: 'The deal on “{campaign}” is funded',
    body: '{brand} has funded the deal with {influencer}. Work can begin.',
  },
  deal_cancelled: {
    title: 'The deal on “{campaign}” was cancelled',
    body: 'The deal between {brand} and {influencer} has been cancelled.',
  },
  deal_completed: {
    title: 'The deal on “{campaign}” is completed',
    body: 'The deal between {brand} and {influencer} is completed. Both sides can now review each other.',
  },
  deal_disputed: {
    title: 'A dispute about “{campaign}” was opened',
    body: 'The deal between {brand} and {influencer} is disputed. Its money is frozen until the dispute is decided.',
  },
  deal_resumed: {
    title: 'The dispute about “{campaign}” is decided',
    body: 'The deal between {brand} and {influencer} goes on, and its money is no longer frozen.',
  },
  deliverable_submitted: {
    title: 'Work submitted for “{campaign}”',
    body: '{influencer} has submitted a deliverable. Please approve it or ask for changes.',
  },
  deliverable_changes_requested: {
    title: 'Changes requested for “{campaign}”',
    body: '{brand} asks for changes to a deliverable.',
  },
  deliverable_approved: {
    title: 'Work approved for “{campaign}”',
    body: 'A deliverable of {influencer} for {brand} was approved and can be published.',
  },
  deliverable_published: {
    title: 'Work published for “{campaign}”',
    body: '{influencer} has published a deliverable.',
  },
  version_commented: {
    title: '{count, plural, one {A comment} other {# comments}} on a submission for “{campaign}”',
    body: 'There is something to read about what {influencer} submitted for {brand}.',
  },
  gift_shipped: {
    title: 'A gift for “{campaign}” is on its way',
    body: '{brand} has shipped the gift to {influencer}. Please confirm when it arrives.',
  },
  gift_received: {
    title: 'The gift for “{campaign}” has arrived',
    body: '{influencer} has confirmed that the gift was received.',
  },
  gift_returned: {
    title: 'The gift for “{campaign}” is back',
    body: '{brand} has confirmed that the gift has come back.',
  },
  gift_overdue: {
    title: 'Posts for a gift are overdue',
    body: 'Not every post that {influencer} owes {brand} for the gift of “{campaign}” was published in time.',
  },
  gift_requested: {
    title: 'A gift for “{campaign}” is asked for',
    body: '{influencer} has asked for the gift and said where it goes. Please ship it.',
  },
  gift_receipt_reminded: {
    title: 'Has the gift for “{campaign}” arrived?',
    body: 'Nobody has said yet whether the gift of {brand} has reached {influencer}.',
  },
  gift_lost: {
    title: 'The gift for “{campaign}” is lost',
    body: 'The gift of {brand} to {influencer} has not arrived. It can be shipped again or forgone.',
  },
  gift_appealed: {
    title: 'An appeal about a gift awaits you',
    body: '{influencer} asks for more time, or none to be owed, for the gift of “{campaign}”. Please decide within 14 days.',
  },
  gift_appeal_decided: {
    title: 'Your appeal about a gift is decided',
    body: 'The appeal of {influencer} about the gift of “{campaign}” is decided.',
  },
  gift_return_asked: {
    title: 'The gift for “{campaign}” is asked back',
    body: '{brand} asks {influencer} to send the gift back.',
  },
  gift_return_offered: {
    title: '{influencer} offers to return a gift',
    body: 'Please say whether the gift of “{campaign}” shall come back.',
  },
  gift_return_answered: {
    title: 'The return of a gift is answered',
    body: 'There is an answer to whether the gift of “{campaign}” comes back to {brand}.',
  },
  gift_sent_back: {
    title: 'The gift for “{campaign}” is on its way back',
    body: '{influencer} has sent the gift back. Please confirm when it arrives.',
  },
  gift_correction_proposed: {
    title: 'Another value is proposed for a gift',
    body: 'Another value is proposed for the gift of “{campaign}”. It counts once both {brand} and {influencer} agree.',
  },
  gift_correction_answered: {
    title: 'The value of a gift is answered',
    body: 'There is an answer to the value proposed for the gift of “{campaign}”.',
  },
  usage_rights_ending: {
    title: 'Usage rights for “{campaign}” end soon',
    body: 'The right of {brand} to use the posts of {influencer} ends soon.{hasDate, select, yes { The last day is {date} (UTC).} other {}}',
  },
  usage_rights_expired: {
    title: 'Usage rights for “{campaign}” have ended',
    body: '{brand} may no longer use the posts of {influencer}.{hasDate, select, yes { The last day was {date} (UTC).} other {}}',
  },
  exclusivity_ending: {
    title: 'The exclusivity for “{campaign}” ends soon',
    body: 'The exclusivity between {brand} and {influencer} ends soon.{hasDate, select, yes { The last day is {date} (UTC).} other {}}',
  },
  exclusivity_ended: {
    title: 'The exclusivity for “{campaign}” has ended',
    body: '{influencer} is no longer bound to {brand} alone.{hasDate, select, yes { The last day was {date} (UTC).} other {}}',
  },
  review_readable: {
    title: 'A review of your deal can be read',
    body: 'The review of the deal on “{campaign}” between {brand} and {influencer} is now visible.',
  },
  message_received: {
    title: '{count, plural, one {New message} other {# new messages}} about “{campaign}”',
    body: 'There {count, plural, one {is a new message} other {are # new messages}} in the conversation between {brand} and {influencer}.',
  },
  mandate_requested: {
    title: '{agency} wants to represent you',
    body: '{agency} asks {influencer} for a mandate. Please read its terms before you answer.{hasDate, select, yes { The request lapses on {date} (UTC).} other {}}',
  },
  mandate_accepted: {
    title: '{influencer} has accepted your mandate',
    body: 'The mandate between {agency} and {influencer} was accepted.',
  },
  mandate_declined: {
    title: '{influencer} has declined your mandate',
    body: 'The request of {agency} to represent {influencer} was declined.',
  },
  mandate_withdrawn: {
    title: '{agency} has withdrawn its request',
    body: '{agency} no longer asks {influencer} for a mandate.',
  },
  mandate_notice_given: {
    title: 'Notice was given for the mandate between {agency} and {influencer}',
    body: 'The mandate ends{hasDate, select, yes { on {date} (UTC)} other { when the notice has run}}. Until then it goes on as agreed.',
  },
  mandate_notice_taken_back: {
    title: 'The mandate between {agency} and {influencer} goes on',
    body: 'The notice was taken back: the mandate is as it was before.',
  },
  mandate_end_offered: {
    title: 'Ending the mandate between {agency} and {influencer} at once?',
    body: 'The other side offers to end the mandate at once. If you agree, end it too; otherwise the notice runs.',
  },
  mandate_ended: {
    title: 'The mandate between {agency} and {influencer} has ended',
    body: '{agency} no longer acts for {influencer}. Deals made before keep their terms.',
  },
  mandate_expired: {
    title: 'A mandate request has lapsed',
    body: 'The request of {agency} to represent {influencer} was not answered in time.',
  },
  member_invited: {
    title: 'Somebody was invited to {party}',
    body: '{actor} has invited a new member to {party}.',
  },
  payout_batch_submitted: {
    title: 'A payout batch waits for approval',
    body: '{actor} has submitted a payout batch. Please check it and approve or reject it.',
  },
  payout_sent: {
    title: 'A payout of {amount} is on its way',
    body: 'We have sent {amount} to the bank for {party}.',
  },
  payout_paid: {
    title: '{amount} was paid out',
    body: 'The payout of {amount} to {party} is confirmed.{hasDate, select, yes { It was booked on {date} (UTC).} other {}}',
  },
  payout_rejected: {
    title: 'A payout of {amount} was rejected',
    body: 'The bank has rejected the payout of {amount} to {party}. The amount is available again; please check the payout account.',
  },
  sales_held: {
    title: '{count, plural, one {A sale is} other {# sales are}} being reviewed',
    body: '{count, plural, one {One sale} other {# sales}} of the deal on “{campaign}” between {brand} and {influencer} {count, plural, one {is} other {are}} held until the review is over.',
  },
  webhook_endpoint_disabled: {
    title: 'A webhook endpoint of {party} was disabled',
    body: 'The endpoint did not accept our messages, so we send it no more. Please mend it and enable it again.',
  },
  payout_account_changed: {
    title: 'The payout account of {party} was changed',
    body: '{actor} has set a new payout account for {party}. If you know nothing of this, please contact us at once.',
  },
};
