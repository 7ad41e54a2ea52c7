import type { OrganisationKind } from '@evenhand/kernel';

export interface Organisation {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly displayName: string;
  readonly country: string;
  readonly createdAt: Date;
}
