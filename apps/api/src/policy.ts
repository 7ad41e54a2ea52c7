import { auditPolicy } from './audit/audit.policy';
import { campaignsPolicy } from './campaigns';
import { dealsPolicy } from './deals/deals.policy';
import { discoveryPolicy } from './discovery/discovery.policy';
import { mergePolicies } from './graphql/access/policy';
import { ledgerPolicy } from './ledger/ledger.policy';
import { identityPolicy } from './identity';
import { messagesPolicy } from './messages/messages.policy';
import { notificationsPolicy } from './notifications/notifications.policy';
import { partiesPolicy } from './parties';
import { payoutsPolicy } from './payouts/payouts.policy';
import { privacyPolicy } from './privacy/privacy.policy';
import { salesPolicy } from './sales/sales.policy';
import { webhooksPolicy } from './webhooks/webhooks.policy';

/** Who may select which field: the one policy of the API. */
export const policy = mergePolicies(
  identityPolicy,
  partiesPolicy,
  campaignsPolicy,
  discoveryPolicy,
  dealsPolicy,
  messagesPolicy,
  ledgerPolicy,
  salesPolicy,
  payoutsPolicy,
  webhooksPolicy,
  auditPolicy,
  notificationsPolicy,
  privacyPolicy,
);
