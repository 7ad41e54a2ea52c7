import { allow, connectionFields, edgeFields, type FieldPolicy } from '../graphql';
import { inboxReaders, recorders } from './inbox.policy';

/** Why sales are held is for the brand and staff; whoever sees a sale sees by its `review` that it is. */
export const riskPolicy: FieldPolicy = {
  RiskHold: allow(
    inboxReaders,
    'id',
    'sale',
    'reasons',
    'explanation',
    'rulesVersion',
    'state',
    'heldAt',
    'decidedAt',
    'decidedBy',
    'note',
  ),
  RiskHoldConnection: connectionFields,
  RiskHoldEdge: edgeFields,
  RiskHoldDecided: allow(inboxReaders, 'id', 'state', 'decidedAt', 'note'),
  RiskRules: allow(inboxReaders, 'version', 'customerOrders', 'customerHours', 'dealOrdersPerHour'),
  RiskRulesChanged: allow(recorders, 'rules'),
};
