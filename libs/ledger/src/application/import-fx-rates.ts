import { systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';

export interface FxRateRow {
  /** YYYY-MM-DD. */
  readonly date: string;
  /** Units of `currency` for one euro, exact decimal text as published. */
  readonly perEuro: string;
  readonly currency: string;
}

/** Where published rates come from. */
export abstract class FxRateSource {
  abstract readonly name: string;
  abstract rows(): Promise<readonly FxRateRow[]>;
}

export abstract class FxRateStore {
  /** Stores what is new; a rate once stored is never changed. Returns how many were new. */
  abstract add(tx: Transaction, source: string, rows: readonly FxRateRow[]): Promise<number>;
}

/** Loads published exchange rates; running it again adds only what is new. */
@Injectable()
export class ImportFxRates {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly source: FxRateSource,
    private readonly store: FxRateStore,
  ) {}

  async execute(): Promise<{ readonly imported: number }> {
    const rows = await this.source.rows();
    const imported = await this.uow.run(systemActor('import fx rates'), (tx) =>
      this.store.add(tx, this.source.name, rows),
    );
    return { imported };
  }
}
