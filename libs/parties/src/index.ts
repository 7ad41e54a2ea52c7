export * from './application/mandate-directory';
export * from './application/party-directory';
export * from './application/payout-account-directory';
export * from './domain/mandate-cut';
export * from './domain/party';
