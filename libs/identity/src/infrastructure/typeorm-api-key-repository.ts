import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { ApiKeyRepository } from '../application/api-key-repository';
import type { ApiKey } from '../domain/api-key';
import { ApiKeyRow } from './api-key.row';
import { UserRow } from './user.row';

@Injectable()
export class TypeormApiKeyRepository extends ApiKeyRepository {
  override async add(tx: Transaction, key: ApiKey, digest: Buffer): Promise<void> {
    await managerOf(tx).insert(ApiKeyRow, { ...key, scopes: [...key.scopes], secretHash: digest });
  }

  override async find(tx: Transaction, keyId: string): Promise<ApiKey | null> {
    return managerOf(tx).findOneBy(ApiKeyRow, { id: keyId });
  }

  override async findLive(tx: Transaction, digest: Buffer, now: Date): Promise<ApiKey | null> {
    return managerOf(tx)
      .createQueryBuilder(ApiKeyRow, 'k')
      .innerJoin(UserRow, 'u', 'u.id = k.createdBy and u.disabledAt is null')
      .where('k.secretHash = :digest and k.revokedAt is null and k.expiresAt > :now', { digest, now })
      .getOne();
  }

  override async list(tx: Transaction, userId: string, partyId: string | null): Promise<readonly ApiKey[]> {
    const bound = partyId === null ? [] : [{ partyId }];
    return managerOf(tx).find(ApiKeyRow, {
      where: [{ createdBy: userId }, ...bound],
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  override async revoke(tx: Transaction, keyId: string, at: Date): Promise<void> {
    await managerOf(tx).update(ApiKeyRow, { id: keyId }, { revokedAt: at });
  }

  override async markUsed(tx: Transaction, keyId: string, at: Date): Promise<void> {
    await managerOf(tx).update(ApiKeyRow, { id: keyId }, { lastUsedAt: at });
  }
}
