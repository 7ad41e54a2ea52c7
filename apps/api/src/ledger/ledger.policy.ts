import {
  agencyMembers,
  allow,
  anyOf,
  brandMembers,
  connectionFields,
  edgeFields,
  type FieldPolicy,
  finance,
  influencers,
  operators,
  scoped,
  signedIn,
} from '../graphql';

const overseers = anyOf(finance, operators);
const ownersOfBooks = scoped('reports:read', anyOf(brandMembers, overseers));
const parties = scoped('reports:read', anyOf(brandMembers, influencers, agencyMembers, overseers));

/** Whoever sees a row of the ledger sees all of it; which rows, row-level security and the use cases decide. */
export const ledgerPolicy: FieldPolicy = {
  Query: {
    ...allow(ownersOfBooks, 'book', 'trialBalance'),
    ...allow(parties, 'postings', 'accountBalance', 'transactionReceipt'),
  },
  Mutation: {
    ...allow(overseers, 'recordBankCredit', 'recordBrandPayment'),
    ...allow(finance, 'closePeriod'),
  },
  BankCredit: allow(overseers, 'transactionId', 'brandBalance'),
  BrandPayment: allow(overseers, 'transactionId', 'brandReceivable'),
  Book: allow(signedIn, 'id', 'brandId', 'balances', 'closedPeriods'),
  ClosedPeriod: {
    ...allow(signedIn, 'period', 'timeZone', 'closedBefore', 'closedAt'),
    ...allow(overseers, 'closedById'),
  },
  AccountBalance: allow(signedIn, 'id', 'kind', 'balance', 'partyId', 'dealId', 'purpose'),
  TrialBalance: allow(signedIn, 'lines', 'differences'),
  TrialBalanceLine: allow(signedIn, 'bookId', 'kind', 'class', 'normalSide', 'balance'),
  TrialBalanceDifference: allow(signedIn, 'bookId', 'difference'),
  Posting: allow(
    signedIn,
    'id',
    'transactionId',
    'kind',
    'reference',
    'debit',
    'credit',
    'amount',
    'partOf',
    'shareId',
    'earningId',
    'effectiveAt',
    'recordedAt',
  ),
  PostingSide: allow(signedIn, 'accountId', 'kind', 'partyId', 'dealId', 'purpose', 'balance'),
  TransactionReceipt: allow(signedIn, 'transactionId', 'sealNo', 'sealedAt', 'headSealNo', 'headHash', 'json'),
  PostingConnection: connectionFields,
  PostingEdge: edgeFields,
};
