import { Outbox, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { FxRateSource } from './fx-rate-source';
import { FxRates } from './fx-rates';

/** Rates stored by one statement. */
const CHUNK = 20_000;

/** Loads published exchange rates, and tells of it where some are new; running it again adds only those. Throws `UnreadableRates`. */
@Injectable()
export class ImportFxRates {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly source: FxRateSource,
    private readonly rates: FxRates,
    private readonly outbox: Outbox,
  ) {}

  /** Those of `file`, the text of one as the source gives it out; without it those that come with the product. */
  async execute(file: string | null = null): Promise<{ readonly imported: number }> {
    const rows = file === null ? await this.source.rows() : this.source.read(file);
    return this.uow.run(systemActor('import fx rates'), async (tx) => {
      let imported = 0;
      for (let start = 0; start < rows.length; start += CHUNK) {
        imported += await this.rates.add(tx, this.source.name, rows.slice(start, start + CHUNK));
      }
      if (imported > 0) {
        const payload = { source: this.source.name, imported };
        await this.outbox.append(tx, [
          { type: 'ledger.fx_rates_loaded', subjectId: `rates:${this.source.name}`, payload },
        ]);
      }
      return { imported };
    });
  }
}
