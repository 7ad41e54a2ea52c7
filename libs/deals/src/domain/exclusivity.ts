/** A deal promises that she works for no other brand in a category (`exclusive`), or works in it itself (`work`). */
export type CategoryUse = 'exclusive' | 'work';

/** What a deal takes of a category; calendar days `YYYY-MM-DD`, the first and the last included. */
export interface CategoryDays {
  readonly use: CategoryUse;
  readonly category: string;
  readonly from: string;
  readonly to: string;
}

/** What of a brief decides about categories and days. */
export interface CategorisedBrief {
  readonly categories: readonly string[];
  readonly deliverables: readonly { readonly dueOn: string }[];
  readonly exclusivity: { readonly category: string; readonly from: string; readonly to: string } | null;
}

export const CLASH_DIRECTIONS = ['running_exclusivity', 'campaign_exclusivity'] as const;
/**
 * `running_exclusivity`: a running deal of hers forbids the work that the campaign asks for; `campaign_exclusivity`:
 * the campaign's own exclusivity forbids the work of a running deal of hers.
 */
export type ClashDirection = (typeof CLASH_DIRECTIONS)[number];

/** Days of the running deal that the campaign clashes with; nothing else of it. */
export interface ExclusivityClash {
  readonly direction: ClashDirection;
  readonly category: string;
  /** Calendar days, both included: of its exclusivity, or of its work. */
  readonly from: string;
  readonly to: string;
  /** For the influencer's side alone; null for anybody else. */
  readonly dealId: string | null;
}

/** What another deal of hers takes. */
export interface TakenDays extends CategoryDays {
  readonly dealId: string;
}

/** Whoever asks for exclusivity in a category works in it, whether the brief lists it or not. */
export function categoriesOf({ categories, exclusivity }: CategorisedBrief): readonly string[] {
  return [...new Set([...categories, ...(exclusivity ? [exclusivity.category] : [])])];
}

/** What a deal agreed on this day takes: work until the last deliverable is due, and its exclusivity. */
export function daysTakenBy(brief: CategorisedBrief, agreedOn: string): readonly CategoryDays[] {
  const to = lastOf([agreedOn, ...brief.deliverables.map(({ dueOn }) => dueOn)]);
  const work = categoriesOf(brief).map((category): CategoryDays => ({ use: 'work', category, from: agreedOn, to }));
  return brief.exclusivity ? [...work, { use: 'exclusive', ...brief.exclusivity }] : work;
}

/** Every clash of what is wanted with what running deals of other brands take, in the order of those. */
export function clashesBetween(
  wanted: readonly CategoryDays[],
  taken: readonly TakenDays[],
  today: string,
): readonly ExclusivityClash[] {
  return taken.flatMap((other) => {
    const { use, category, from, dealId } = other;
    // Work that is late still has to be done.
    const to = use === 'work' ? lastOf([other.to, today]) : other.to;
    const opposite = wanted.filter((mine) => mine.category === category && mine.use !== use);
    if (!opposite.some((mine) => mine.from <= to && from <= mine.to)) return [];
    const direction: ClashDirection = use === 'exclusive' ? 'running_exclusivity' : 'campaign_exclusivity';
    return [{ direction, category, from, to, dealId }];
  });
}

/** The calendar day of an instant in UTC. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

function lastOf(days: readonly string[]): string {
  return days.reduce((last, day) => (day > last ? day : last));
}
