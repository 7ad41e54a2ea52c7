import { type Actor, Clock, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { RiskRulesSuperseded } from '../../domain/errors';
import { checkRiskTerms, type RiskRules, type RiskTerms } from '../../domain/risk-rules';
import { authorizeInbox, authorizeIntake } from '../intake-rights';
import { RiskRulesStore } from './risk-rules-store';

export interface ChangeRiskRulesCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly terms: RiskTerms;
  /** The version that whoever changes them has in front of them. */
  readonly expectedVersion: number;
}

/**
 * Adds a version of a brand's rules; sales recorded from now on are held by it, none that is recorded already.
 * Throws `NotFound`, `Forbidden`, `InvalidInput`, `RiskRulesSuperseded`.
 */
@Injectable()
export class ChangeRiskRules {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly rules: RiskRulesStore,
    private readonly outbox: Outbox,
  ) {}

  async execute({ actor, brandId, terms, expectedVersion }: ChangeRiskRulesCommand): Promise<RiskRules> {
    authorizeIntake(actor, brandId);
    checkRiskTerms(terms);
    const changed = await this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        const { version } = await this.rules.current(tx, brandId);
        const rules: RiskRules = { ...terms, version: expectedVersion + 1 };
        const changedBy = actor.kind === 'person' ? actor.userId : null;
        const isNext = version === expectedVersion;
        const isAdded =
          isNext && (await this.rules.add(tx, brandId, { ...rules, changedAt: this.clock.now(), changedBy }));
        if (!isAdded) throw new RiskRulesSuperseded((await this.rules.current(tx, brandId)).version);
        const payload = { brandId, version: rules.version };
        await this.outbox.append(tx, [{ type: 'sales.risk_rules_changed', subjectId: brandId, payload }]);
        return rules;
      }),
    );
    this.rules.forget(brandId);
    return changed;
  }
}

/** The rules of a brand as they are now, for its members and staff. Throws `NotFound`, `Unauthenticated`, `Forbidden`. */
@Injectable()
export class GetRiskRules {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly rules: RiskRulesStore,
  ) {}

  async execute(actor: Actor, brandId: string): Promise<RiskRules> {
    authorizeInbox(actor, brandId);
    return this.uow.read(actor, (tx) => this.rules.current(tx, brandId));
  }
}
