import type { Transaction } from '@evenhand/kernel';
import { FieldCipher, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { DeliveryAddressDirectory } from '../application/delivery-address-directory';
import { DeliveryAddressRepository } from '../application/delivery-address-repository';
import type { DeliveryAddress, PostalAddress } from '../domain/delivery-address';

const COLUMNS = `id, influencer_id as "influencerId", label, country, created_at as "createdAt"`;

interface SealedRow {
  readonly id: string;
  readonly influencerId: string;
  readonly sealed: string;
}

/** Bound to its row: an address copied to another's row does not open. */
function contextOf({ id, influencerId }: Pick<SealedRow, 'id' | 'influencerId'>): string {
  return `parties.sealed_addresses/${id}/${influencerId}`;
}

function sealAddress(cipher: FieldCipher, of: Pick<SealedRow, 'id' | 'influencerId'>, postal: PostalAddress): string {
  return cipher.seal(JSON.stringify(postal), contextOf(of));
}

/** What row-level security shows of the sealed addresses: to the influencer her own, to the system all. */
async function openAddresses(
  tx: Transaction,
  cipher: FieldCipher,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PostalAddress>> {
  if (ids.length === 0) return new Map();
  const rows = await managerOf(tx).query<SealedRow[]>(
    `select address_id as id, influencer_id as "influencerId", sealed from parties.sealed_addresses
     where address_id = any ($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, JSON.parse(cipher.open(row.sealed, contextOf(row))) as PostalAddress]));
}

@Injectable()
export class SqlDeliveryAddressRepository extends DeliveryAddressRepository {
  constructor(private readonly cipher: FieldCipher) {
    super();
  }

  override async lockAndCount(tx: Transaction, influencerId: string): Promise<number> {
    await managerOf(tx).query('select 1 from parties.parties where id = $1 for no key update', [influencerId]);
    return (await this.list(tx, influencerId)).length;
  }

  override async add(tx: Transaction, address: DeliveryAddress, postal: PostalAddress): Promise<void> {
    const { id, influencerId, label, country, createdAt } = address;
    await managerOf(tx).query(
      `insert into parties.delivery_addresses (id, influencer_id, label, country, created_at) values ($1, $2, $3, $4, $5)`,
      [id, influencerId, label, country, createdAt],
    );
    await managerOf(tx).query(
      'insert into parties.sealed_addresses (address_id, influencer_id, sealed) values ($1, $2, $3)',
      [id, influencerId, sealAddress(this.cipher, address, postal)],
    );
  }

  override list(tx: Transaction, influencerId: string): Promise<readonly DeliveryAddress[]> {
    return managerOf(tx).query<DeliveryAddress[]>(
      `select ${COLUMNS} from parties.delivery_addresses where influencer_id = $1 and removed_at is null
       order by created_at, id`,
      [influencerId],
    );
  }

  override open(tx: Transaction, addressIds: readonly string[]): Promise<ReadonlyMap<string, PostalAddress>> {
    return openAddresses(tx, this.cipher, addressIds);
  }

  override async remove(tx: Transaction, influencerId: string, addressId: string, at: Date): Promise<boolean> {
    await managerOf(tx).query('delete from parties.sealed_addresses where address_id = $1', [addressId]);
    const [, removed] = await managerOf(tx).query<[unknown[], number]>(
      `update parties.delivery_addresses set removed_at = $3
       where id = $1 and influencer_id = $2 and removed_at is null`,
      [addressId, influencerId, at],
    );
    return removed > 0;
  }

  override async resealStale(tx: Transaction, limit: number): Promise<number> {
    const stale = await managerOf(tx).query<SealedRow[]>(
      `select address_id as id, influencer_id as "influencerId", sealed from parties.sealed_addresses
       where split_part(sealed, '.', 1) <> $1 limit $2 for update`,
      [this.cipher.newestKeyId, limit],
    );
    for (const row of stale) {
      const postal = JSON.parse(this.cipher.open(row.sealed, contextOf(row))) as PostalAddress;
      await managerOf(tx).query('update parties.sealed_addresses set sealed = $2 where address_id = $1', [
        row.id,
        sealAddress(this.cipher, row, postal),
      ]);
    }
    return stale.length;
  }
}

@Injectable()
export class SqlDeliveryAddressDirectory extends DeliveryAddressDirectory {
  constructor(private readonly cipher: FieldCipher) {
    super();
  }

  override async find(tx: Transaction, influencerId: string, addressId: string): Promise<DeliveryAddress | null> {
    const [address] = await managerOf(tx).query<DeliveryAddress[]>(
      `select ${COLUMNS} from parties.delivery_addresses
       where id = $2 and influencer_id = $1 and removed_at is null`,
      [influencerId, addressId],
    );
    return address ?? null;
  }

  override async open(tx: Transaction, addressId: string): Promise<PostalAddress | null> {
    return (await openAddresses(tx, this.cipher, [addressId])).get(addressId) ?? null;
  }
}
