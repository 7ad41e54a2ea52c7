import { mergePolicies } from './graphql/access/policy';

/** Who may select which field: the one policy of the API. */
export const policy = mergePolicies();
