import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type AuditHead, AuditLog } from './audit-log';

export interface AuditLogVerified {
  readonly links: bigint;
  /** Every place where the log is not what was sealed, first the first of the chain; empty where all is as it was. */
  readonly findings: readonly string[];
}

const ACTOR = systemActor('verify audit log');
const LINKS_AT_ONCE = 20_000;
/** Entries told that belong nowhere. */
const MOST_STRAY = 100;

/**
 * Recomputes the chain from the entries as they are now: an entry that was edited, deleted, reordered or slipped in is
 * named. Made for an administrator: it reads everything, in many short transactions.
 */
@Injectable()
export class VerifyAuditLog {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: AuditLog,
  ) {}

  /** `trusted` are heads noted elsewhere, without which a chain that was cut off or written anew looks whole. */
  async execute({ trusted = [] }: { readonly trusted?: readonly AuditHead[] } = {}): Promise<AuditLogVerified> {
    const findings: string[] = [];
    let links = 0n;
    for (;;) {
      const from = links;
      const found = await this.uow.read(ACTOR, (tx) => this.log.findings(tx, from, LINKS_AT_ONCE));
      findings.push(...found.words);
      if (found.lastLink === null || found.lastLink === from) break;
      links = found.lastLink;
    }
    const others = await this.uow.read(ACTOR, async (tx) => {
      const stray = await this.log.slippedIn(tx, MOST_STRAY);
      const untrue: string[] = [];
      for (const { linkNo, hash } of trusted) {
        const stored = await this.log.hashOf(tx, linkNo);
        if (stored === null) untrue.push(`link ${linkNo} is missing, and it is trusted`);
        else if (stored !== hash)
          untrue.push(`link ${linkNo} is not the one that is trusted: the chain was written anew`);
      }
      return [...stray, ...untrue];
    });
    return { links, findings: [...findings, ...others] };
  }
}

/** The last link of the chain, to be kept where whoever owns the database cannot change it. */
@Injectable()
export class GetAuditHead {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: AuditLog,
  ) {}

  /** Null where nothing is sealed. */
  execute(): Promise<AuditHead | null> {
    return this.uow.read(ACTOR, (tx) => this.log.head(tx));
  }
}
