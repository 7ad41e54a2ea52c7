import type { Deal, DealList, DealView, Deliverable, PinnedMandate } from '@evenhand/deals';
import { toBrief } from '../campaigns/brief.types';
import { toCompensation } from '../campaigns/compensation.types';
import { toConnection, toGlobalId, toMoney } from '../graphql';
import { toParty } from '../parties/party.types';
import { toDatedTerms } from './dated-terms.types';
import type { DealConnection, DealType, DeliverableType, PinnedMandateType } from './deal.types';
import { toGift } from './gift.mapper';
import { toPublication } from './publication.types';
import { toSplitPlan } from './split-plan.types';
import { toVersion } from './version.mapper';

export function toDeal(view: DealView): DealType {
  const { deal } = view;
  const { cash, commissionReserve } = deal.need;
  return {
    id: toGlobalId('deal', deal.id),
    bidId: toGlobalId('bid', deal.bidId),
    offerNumber: deal.offerNumber,
    state: deal.state,
    campaign: { id: toGlobalId('campaign', deal.campaignId), title: deal.campaignTitle },
    brand: toParty(view.brand),
    influencer: toParty(view.influencer),
    agency: view.agency && toParty(view.agency),
    cash: cash && toMoney(cash.amountMinor, cash.currency),
    commissionReserve: commissionReserve && toMoney(commissionReserve.amountMinor, commissionReserve.currency),
    compensation: toCompensation(deal.terms.compensation),
    brief: toBrief(deal.terms.brief),
    ...termsOf(deal),
    acceptedAt: deal.acceptedAt,
    fundedAt: deal.fundedAt,
    completedAt: deal.completedAt,
    cancelledAt: deal.cancelledAt,
    splitPlans: view.splitPlans.map(toSplitPlan),
    deliverables: deal.deliverables.map((deliverable) => toDeliverable(view, deliverable)),
    gift: deal.gift && toGift(deal.gift),
    trackingCodes: deal.codes.map(({ kind, code, linkSlug }) => ({ kind, code, linkSlug, linkPath: `/r/${linkSlug}` })),
    linkDestination: deal.linkDestination,
    ...toDatedTerms(view),
  };
}

function termsOf({ terms }: Deal): Pick<DealType, 'policyVersion' | 'mandates' | 'autoApprovalDays' | 'cashHoldDays'> {
  const { policyVersion, mandates, autoApprovalDays, cashHoldDays } = terms;
  return {
    policyVersion,
    mandates: mandates.map(toPinnedMandate),
    autoApprovalDays,
    cashHoldDays,
  };
}

export function toPinnedMandate({ mandateId, version, agencyId }: PinnedMandate): PinnedMandateType {
  return { id: toGlobalId('mandate', mandateId), version, agencyId: toGlobalId('party', agencyId) };
}

function toDeliverable({ deal, submitters }: DealView, deliverable: Deliverable): DeliverableType {
  const { progress, plan, publication } = deliverable;
  const currency = deal.need.cash?.currency;
  const { disclosureText: text, languages } = deal.terms.brief;
  return {
    ...progress,
    id: toGlobalId('deliverable', deliverable.id),
    key: deliverable.specKey,
    sequence: deliverable.sequence,
    kind: deliverable.kind,
    description: deliverable.description,
    dueOn: deliverable.dueOn,
    revisionsAllowed: deliverable.revisionsAllowed,
    publication: publication && toPublication(publication),
    plannedStart: plan.plannedStart,
    acceptedMinutes: plan.acceptedMinutes,
    milestones:
      currency === undefined
        ? []
        : deliverable.milestones.map(({ amountMinor, releasedAt }) => ({
            amount: toMoney(amountMinor, currency),
            releasedAt,
          })),
    versions: deliverable.versions.map((version) =>
      toVersion(version, { deliverable, submitters, disclosure: { text, languages } }),
    ),
  };
}

export function toDealConnection(list: DealList): DealConnection {
  return {
    ...toConnection(list, toDeal),
    totals: list.totals.map(({ currency, cashMinor, commissionReserveMinor }) => ({
      cash: toMoney(cashMinor, currency),
      commissionReserve: toMoney(commissionReserveMinor, currency),
    })),
  };
}
