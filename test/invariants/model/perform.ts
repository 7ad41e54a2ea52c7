import { DomainError } from '@evenhand/kernel';
import { FINANCE, type LedgerUnderTest, person } from '../ledger-under-test';
import type { Answer, Event, Refusal } from './event';
import { sharesSay } from './ledger-model';

const APPROVER = person({ staffRoles: ['finance_approver'] });

/** What the product answered, told as the model tells it, and the transactions behind it. */
export interface Performed {
  readonly answers: readonly Answer[];
  readonly refusal: Refusal | null;
  /** By key: of items that have a transaction. */
  readonly transactions: ReadonlyMap<string, bigint>;
}

interface Item {
  readonly answer: Answer;
  readonly transactionId: bigint | null;
}

/** Gives the event to the product's use case; only errors that are no broken rule pass through. */
export async function perform(ledger: LedgerUnderTest, event: Event): Promise<Performed> {
  ledger.clock.at = event.at;
  try {
    const items = await itemsOf(ledger, event);
    const transactions = items.flatMap(({ answer, transactionId }): [string, bigint][] =>
      'key' in answer && transactionId !== null ? [[answer.key, transactionId]] : [],
    );
    return { answers: items.map(({ answer }) => answer), refusal: null, transactions: new Map(transactions) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { answers: [], refusal: refusalOf(error), transactions: new Map() };
  }
}

export function refusalOf({ code, details }: DomainError): Refusal {
  const about = details['key'] ?? details['sourceId'] ?? null;
  return { code, about: typeof about === 'string' ? about : null };
}

interface Posted {
  readonly transactionId: bigint;
  readonly isDuplicate: boolean | null;
}

async function itemsOf(ledger: LedgerUnderTest, event: Event): Promise<readonly Item[]> {
  switch (event.do) {
    case 'credit':
    case 'pay':
      return [await receive(ledger, event)];
    case 'fund':
    case 'return': {
      const useCase = event.do === 'fund' ? ledger.fundEscrow : ledger.returnEscrow;
      return [posted(event.command.idempotencyKey, await ledger.run((tx) => useCase.execute(tx, event.command)))];
    }
    case 'split':
    case 'splitByItem':
      return splitEarnings(ledger, event);
    case 'reverse':
    case 'reverseByItem':
      return reverseEarnings(ledger, event);
    case 'send':
    case 'confirm':
    case 'reject': {
      const { send, confirm, reject } = {
        send: ledger.sendPayouts,
        confirm: ledger.confirmPayouts,
        reject: ledger.rejectPayouts,
      };
      const useCase = { send, confirm, reject }[event.do];
      const results = await ledger.run((tx) => useCase.execute(tx, event.transfers));
      return results.map((result, place) => posted(event.transfers[place]?.idempotencyKey ?? '', result));
    }
    case 'giveGift':
      return [
        posted(
          event.command.idempotencyKey,
          await ledger.run((tx) => ledger.recordGiftReceived.execute(tx, event.command)),
        ),
      ];
    case 'takeGiftBack':
      return [
        posted(
          event.command.idempotencyKey,
          await ledger.run((tx) => ledger.recordGiftReturned.execute(tx, event.command)),
        ),
      ];
    case 'convert':
      return [
        posted(event.command.idempotencyKey, await ledger.convertBalance.execute({ ...event.command, actor: FINANCE })),
      ];
    case 'release':
      return [said('release', await release(ledger, event.at))];
    case 'settle':
      await ledger.settleRecords.execute();
      return [said('settle', 'settled')];
    case 'freeze':
    case 'unfreeze': {
      const useCase = event.do === 'freeze' ? ledger.freezeShares : ledger.unfreezeShares;
      await ledger.run((tx) => useCase.execute(tx, { dealId: event.dealId, reason: event.reason }));
      return [said(event.do, event.do)];
    }
    case 'freezeEarnings':
    case 'unfreezeEarnings': {
      const useCase = event.do === 'freezeEarnings' ? ledger.freezeEarnings : ledger.unfreezeEarnings;
      const { brandId, sources, reason } = event;
      await ledger.run((tx) => useCase.execute(tx, { brandId, sources, reason }));
      return [said(event.do, event.do)];
    }
    case 'close':
      await ledger.closePeriod.execute({
        actor: APPROVER,
        brandId: event.brandId,
        period: new Date(event.before.getTime() - 1).toISOString().slice(0, 10),
        timeZone: 'UTC',
      });
      return [said('close', 'closed')];
  }
}

const said = (key: string, says: string): Item => ({ answer: { key, isDuplicate: false, says }, transactionId: null });
const posted = (key: string, { transactionId, isDuplicate }: Posted, says = ''): Item => ({
  answer: { key, isDuplicate, says },
  transactionId,
});

async function receive(ledger: LedgerUnderTest, event: Event & { do: 'credit' | 'pay' }): Promise<Item> {
  const command = { ...event.command, actor: FINANCE };
  const { idempotencyKey } = command;
  if (event.do === 'credit') {
    const { transactionId, brandBalanceMinor } = await ledger.recordBankCredit.execute(command);
    return posted(`bank-credit:${idempotencyKey}`, { transactionId, isDuplicate: null }, `leaves ${brandBalanceMinor}`);
  }
  const { transactionId, brandReceivableMinor } = await ledger.recordBrandPayment.execute(command);
  return posted(
    `brand-payment:${idempotencyKey}`,
    { transactionId, isDuplicate: null },
    `leaves ${brandReceivableMinor}`,
  );
}

async function splitEarnings(
  ledger: LedgerUnderTest,
  { do: what, brandId, drafts }: Event & { do: 'split' | 'splitByItem' },
): Promise<readonly Item[]> {
  const useCase = what === 'split' ? ledger.splitEarnings : ledger.splitEarningsByItem;
  const [only, ...others] = drafts;
  const outcomes =
    what === 'split' && only && others.length === 0
      ? [await ledger.splitOneEarning.execute(brandId, only)]
      : await ledger.run((tx) => useCase.execute(tx, brandId, drafts));
  return outcomes.map((outcome): Item => {
    if (outcome.status === 'refused') return refused(outcome.error);
    const { idempotencyKey, transactionId, status, shares } = outcome;
    return posted(idempotencyKey, { transactionId, isDuplicate: status === 'duplicate' }, sharesSay(shares));
  });
}

async function reverseEarnings(
  ledger: LedgerUnderTest,
  { do: what, brandId, reversals }: Event & { do: 'reverse' | 'reverseByItem' },
): Promise<readonly Item[]> {
  const useCase = what === 'reverse' ? ledger.reverseEarnings : ledger.reverseEarningsByItem;
  const outcomes = await ledger.run((tx) => useCase.execute(tx, brandId, reversals));
  return outcomes.map((outcome): Item => {
    if (outcome.status === 'refused') return refused(outcome.error);
    const { idempotencyKey, transactionId, status, grossMinor } = outcome;
    return posted(idempotencyKey, { transactionId, isDuplicate: status === 'duplicate' }, `takes back ${grossMinor}`);
  });
}

function refused(error: DomainError): Item {
  return { answer: { refused: [refusalOf(error)] }, transactionId: null };
}

async function release(ledger: LedgerUnderTest, now: Date): Promise<string> {
  try {
    const { released } = await ledger.releaseDueHolds.execute({ now, limit: 100_000 });
    return `${released} released`;
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    for (const failure of error.errors) {
      if (!(failure instanceof Error && /period is closed/i.test(failure.message))) throw error;
    }
    return `${error.errors.length} books failed`;
  }
}
