import { IdGenerator, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { TrackingCodeTaken } from '../domain/errors';
import { generateCode, generateLinkSlug, wishedCode } from '../domain/tracking-code';
import type { Deal, TrackingCode } from './deal';
import { COMMISSION_KINDS, type CommissionKind } from './deal-directory';
import { DealRepository } from './deal-repository';
import { nameOf } from './deal-view';

/** Codes the brand would like; a kind without a wish gets a generated code. */
export type CodeWishes = Readonly<Partial<Record<CommissionKind, string>>>;

// With 31^4 suffixes a name, a second attempt is rare and a fifth practically never needed.
const ATTEMPTS = 5;

/** Finds codes that no other deal of the brand has. The unique index decides where two transactions race. */
@Injectable()
export class TrackingCodeIssuer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly parties: PartyDirectory,
    private readonly ids: IdGenerator,
  ) {}

  /** One code per commission kind. Throws InvalidTrackingCode, TrackingCodeTaken. */
  async issue(tx: Transaction, deal: Deal, wishes: CodeWishes, now: Date): Promise<readonly TrackingCode[]> {
    const names = await this.parties.namesOf(tx, [deal.influencerId]);
    const { name } = nameOf(names, deal.influencerId);
    const codes: TrackingCode[] = [];
    for (const kind of COMMISSION_KINDS) {
      const wish = wishes[kind];
      const used = new Set(codes.map(({ code }) => code));
      codes.push(
        wish === undefined
          ? await this.generated(tx, deal, kind, name, now)
          : await this.wished(tx, deal, kind, wish, used, now),
      );
    }
    return codes;
  }

  /** The wished code for one kind; throws InvalidTrackingCode, TrackingCodeTaken. */
  async wished(
    tx: Transaction,
    deal: Deal,
    kind: CommissionKind,
    wish: string,
    used: ReadonlySet<string>,
    now: Date,
  ): Promise<TrackingCode> {
    const code = wishedCode(wish);
    if (used.has(code) || (await this.taken(tx, deal.brandId, code))) throw new TrackingCodeTaken(code);
    return this.trackingCode(kind, code, now);
  }

  private async generated(
    tx: Transaction,
    deal: Deal,
    kind: CommissionKind,
    name: string,
    now: Date,
  ): Promise<TrackingCode> {
    let code = generateCode(name, kind, this.ids.next());
    for (let attempt = 1; attempt < ATTEMPTS && (await this.taken(tx, deal.brandId, code)); attempt += 1) {
      code = generateCode(name, kind, this.ids.next());
    }
    return this.trackingCode(kind, code, now);
  }

  // An influencer who accepts does not see the brand's other deals, yet their codes count.
  private async taken(tx: Transaction, brandId: string, code: string): Promise<boolean> {
    return this.uow.asSystem(tx, async () => (await this.deals.takenCodes(tx, brandId, [code])).has(code));
  }

  private trackingCode(kind: CommissionKind, code: string, createdAt: Date): TrackingCode {
    return { id: this.ids.next(), kind, code, linkSlug: generateLinkSlug(this.ids.next()), createdAt };
  }
}
