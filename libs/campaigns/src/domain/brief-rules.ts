import { CHANNEL_PLATFORMS } from '@evenhand/kernel';
import {
  type AmountRange,
  type Brief,
  type CampaignLimits,
  type CommissionRange,
  DELIVERABLE_KINDS,
  type DeliverableSpec,
  LINKS_POLICIES,
} from './brief';
import { Checks } from './checks';
import { COMMISSION_BASES, type OfferedKind } from './compensation';
import { InvalidBrief, OffPlatformLink } from './errors';
import { lintOffPlatformLinks } from './links-lint';

const SLUG = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/;
const COUNTRY = /^[A-Z]{2}$/;
const MOST_MINUTES = 24 * 60;
const LONGEST_RUN_MS = 3 * 366 * 86_400_000;

/** The kinds the brief offers a range for. */
function offeredKinds(brief: Brief): readonly OfferedKind[] {
  const kinds: readonly OfferedKind[] = ['cash', 'gift', 'commission'];
  return kinds.filter((kind) => brief.compensation[kind].length > 0);
}

/** Throws {@link InvalidBrief} with every problem, or {@link OffPlatformLink} where the brief breaks its own links policy. */
export function assertValidBrief(brief: Brief, limits: CampaignLimits, now: Date): void {
  const checks = new Checks();
  checkWords(checks, brief);
  checkAudience(checks, brief);
  checkDeliverables(checks, brief.deliverables, brief.bidDeadline);
  checkCompensation(checks, brief);
  checkTimes(checks, brief, now);
  checkLimits(checks, brief, limits);
  if (checks.problems.length > 0) throw new InvalidBrief(checks.problems);
  assertKeepsLinksPolicy(brief);
}

function checkWords(checks: Checks, brief: Brief): void {
  checks.text('title', brief.title, { min: 3, max: 120, as: 'line' });
  checks.text('summary', brief.summary, { max: 5000, as: 'text' });
  checks.text('disclosureText', brief.disclosureText, { max: 200, as: 'line' });
  checks.oneOf('linksPolicy', brief.linksPolicy, LINKS_POLICIES);
  if (brief.lawfulOrderNumber !== null) {
    checks.text('lawfulOrderNumber', brief.lawfulOrderNumber, { max: 64, as: 'line' });
  }
  checks.list(
    'products',
    brief.products.map((product) => product.name),
    1,
    50,
  );
  brief.products.forEach((product, index) => {
    checks.text(`products.${index}.name`, product.name, { max: 120, as: 'line' });
    checks.text(`products.${index}.description`, product.description, { min: 0, max: 2000, as: 'text' });
    if (!product.retailPrice) return;
    checks.currency(`products.${index}.retailPrice`, product.retailPrice.currency);
    checks.amount(`products.${index}.retailPrice`, product.retailPrice.amountMinor);
  });
}

function checkAudience(checks: Checks, brief: Brief): void {
  checks.list('channels', brief.channels, 1, CHANNEL_PLATFORMS.length);
  brief.channels.forEach((channel, index) => checks.oneOf(`channels.${index}`, channel, CHANNEL_PLATFORMS));
  checks.list('markets', brief.markets, 1, 60);
  brief.markets.forEach((market, index) => checkPattern(checks, `markets.${index}`, market, COUNTRY, 'CN'));
  checks.list('categories', brief.categories, 1, 20);
  brief.categories.forEach((category, index) => checkCategory(checks, `categories.${index}`, category));
  checks.list('languages', brief.languages, 1, 20);
  brief.languages.forEach((language, index) => {
    checks.that(isCanonicalLanguage(language), `languages.${index}`, 'Must be a language tag such as zh-Hans or ja.');
  });
}

function checkDeliverables(checks: Checks, deliverables: readonly DeliverableSpec[], bidDeadline: Date): void {
  checks.list(
    'deliverables',
    deliverables.map((spec) => spec.key),
    1,
    50,
  );
  deliverables.forEach((spec, index) => {
    const field = `deliverables.${index}`;
    checkPattern(checks, `${field}.key`, spec.key, SLUG, 'note_1');
    checks.that(spec.key.length <= 40, `${field}.key`, 'May have at most 40 characters.');
    checks.oneOf(`${field}.kind`, spec.kind, DELIVERABLE_KINDS);
    checks.wholeNumber(`${field}.quantity`, spec.quantity, 1, 100);
    checks.wholeNumber(`${field}.revisionsAllowed`, spec.revisionsAllowed, 0, 10);
    checks.text(`${field}.description`, spec.description, { min: 0, max: 2000, as: 'text' });
    checkMinimum(checks, `${field}.minimumMinutes`, spec);
    if (checks.day(`${field}.dueOn`, spec.dueOn) && isInstant(bidDeadline)) {
      const deadlineDay = bidDeadline.toISOString().slice(0, 10);
      checks.that(spec.dueOn >= deadlineDay, `${field}.dueOn`, 'Must not be before the bid deadline.');
    }
  });
}

function checkMinimum(checks: Checks, field: string, { kind, minimumMinutes }: DeliverableSpec): void {
  if (minimumMinutes === undefined || minimumMinutes === null) return;
  if (!checks.that(kind === 'livestream', field, 'Only a livestream has a minimum duration.')) return;
  checks.wholeNumber(field, minimumMinutes, 1, MOST_MINUTES);
}

function checkCompensation(checks: Checks, brief: Brief): void {
  const { cash, gift, commission } = brief.compensation;
  checks.that(offeredKinds(brief).length > 0, 'compensation', 'Offer at least one of cash, gift and commission.');
  checkAmountRanges(checks, 'compensation.cash', cash);
  checkAmountRanges(checks, 'compensation.gift', gift);
  checks.list(
    'compensation.commission',
    commission.map((range) => range.currency),
    0,
    20,
  );
  commission.forEach((range, index) => checkCommissionRange(checks, `compensation.commission.${index}`, range));
}

function checkAmountRanges(checks: Checks, field: string, ranges: readonly AmountRange[]): void {
  checks.list(
    field,
    ranges.map((range) => range.currency),
    0,
    20,
  );
  ranges.forEach((range, index) => {
    checks.currency(`${field}.${index}.currency`, range.currency);
    checks.amount(`${field}.${index}.minimum`, range.minimumMinor, true);
    checks.amount(`${field}.${index}.maximum`, range.maximumMinor);
    checks.that(range.minimumMinor <= range.maximumMinor, `${field}.${index}`, 'The minimum is above the maximum.');
  });
}

function checkCommissionRange(checks: Checks, field: string, range: CommissionRange): void {
  checks.currency(`${field}.currency`, range.currency);
  checks.oneOf(`${field}.base`, range.base, COMMISSION_BASES);
  const minimum = checks.rate(`${field}.minimumRate`, range.minimumRate);
  const maximum = checks.rate(`${field}.maximumRate`, range.maximumRate);
  if (minimum && maximum) checks.that(minimum.compare(maximum) <= 0, field, 'The minimum is above the maximum.');
}

function checkTimes(checks: Checks, brief: Brief, now: Date): void {
  const { bidDeadline, usageRights, exclusivity } = brief;
  if (!checks.that(isInstant(bidDeadline), 'bidDeadline', 'Must be an instant.')) return;
  checks.that(bidDeadline > now, 'bidDeadline', 'Must be in the future.');
  const run = bidDeadline.getTime() - now.getTime();
  checks.that(run <= LONGEST_RUN_MS, 'bidDeadline', 'Must be within three years.');
  if (usageRights) {
    checks.period('usageRights', usageRights.from, usageRights.to);
    checks.list('usageRights.media', usageRights.media, 1, 20);
    usageRights.media.forEach((medium, index) =>
      checkPattern(checks, `usageRights.media.${index}`, medium, SLUG, 'paid_social'),
    );
    checks.list('usageRights.territory', usageRights.territory, 1, 60);
    usageRights.territory.forEach((code, index) => {
      if (code !== 'WORLD') checkPattern(checks, `usageRights.territory.${index}`, code, COUNTRY, 'CN or WORLD');
    });
  }
  if (exclusivity) {
    checks.period('exclusivity', exclusivity.from, exclusivity.to);
    checkCategory(checks, 'exclusivity.category', exclusivity.category);
  }
}

function checkLimits(checks: Checks, brief: Brief, { budgets, dealCap }: CampaignLimits): void {
  const currencies = budgets.map((budget) => budget.currency);
  checks.list('budgets', currencies, 0, 20);
  budgets.forEach((budget, index) => {
    checks.currency(`budgets.${index}.currency`, budget.currency);
    checks.amount(`budgets.${index}.amount`, budget.amountMinor);
  });
  brief.compensation.cash.forEach((range, index) => {
    const budget = budgets.find((each) => each.currency === range.currency);
    const field = `compensation.cash.${index}`;
    if (!checks.that(budget !== undefined, field, `Needs a budget in ${range.currency}.`)) return;
    const affordable = budget !== undefined && range.minimumMinor <= budget.amountMinor;
    checks.that(affordable, field, 'The minimum is above the budget.');
  });
  if (dealCap !== null) checks.wholeNumber('dealCap', dealCap, 1, 10_000);
}

function checkPattern(checks: Checks, field: string, value: string, pattern: RegExp, example: string): void {
  checks.that(pattern.test(value), field, `Must be written like ${example}.`);
}

function checkCategory(checks: Checks, field: string, category: string): void {
  checkPattern(checks, field, category, SLUG, 'fashion or home-textiles');
  checks.that(category.length <= 40, field, 'May have at most 40 characters.');
}

function isInstant(value: Date): boolean {
  return !Number.isNaN(value.getTime());
}

function isCanonicalLanguage(tag: string): boolean {
  try {
    return tag.length <= 35 && Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

/** Throws {@link OffPlatformLink} where the policy keeps everything on the platform and some text of the brief does not. */
export function assertKeepsLinksPolicy(brief: Brief): void {
  if (brief.linksPolicy !== 'platform_only') return;
  const findings = briefTexts(brief).flatMap(([field, text]) =>
    lintOffPlatformLinks(text).map((finding) => ({ field, ...finding })),
  );
  if (findings.length > 0) throw new OffPlatformLink(findings);
}

function briefTexts(brief: Brief): readonly (readonly [field: string, text: string])[] {
  return [
    ['title', brief.title],
    ['summary', brief.summary],
    ['disclosureText', brief.disclosureText],
    ...brief.products.flatMap((product, index) => [
      [`products.${index}.name`, product.name] as const,
      [`products.${index}.description`, product.description] as const,
    ]),
    ...brief.deliverables.map((spec, index) => [`deliverables.${index}.description`, spec.description] as const),
  ];
}
