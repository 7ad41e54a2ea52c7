import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, type Page, type PageRequest } from '@evenhand/kernel';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: `Rows per page, 1 to ${MAX_PAGE_SIZE}.` })
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  first: number = DEFAULT_PAGE_SIZE;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  after: string | null = null;
}

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => String, { nullable: true })
  endCursor: string | null;
}

export interface Edge<T> {
  node: T;
  cursor: string;
}

export interface Connection<T> {
  edges: Edge<T>[];
  pageInfo: PageInfo;
  totalCount: number;
}

/**
 * A Relay connection class for `node`: `@ObjectType() class DealConnection extends connectionOf(Deal) {}`.
 * A list of money adds `totals` over all filtered rows in the subclass.
 */
export function connectionOf<T extends object>(node: abstract new (...args: never[]) => T, name = node.name) {
  @ObjectType(`${name}Edge`)
  class EdgeType implements Edge<T> {
    @Field(() => node)
    node: T;

    @Field(() => String)
    cursor: string;
  }

  @ObjectType({ isAbstract: true })
  abstract class ConnectionType implements Connection<T> {
    @Field(() => [EdgeType])
    edges: EdgeType[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;

    @Field(() => Int, { description: 'All filtered rows, not only this page.' })
    totalCount: number;
  }
  return ConnectionType;
}

/** A page of the application as a connection, each row through `map`. */
export function toConnection<Row, Node>(page: Page<Row>, map: (row: Row) => Node): Connection<Node> {
  return {
    edges: page.rows.map(({ node, cursor }) => ({ node: map(node), cursor })),
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.rows.at(-1)?.cursor ?? null },
    get totalCount(): number {
      if (page.totalCount === null) throw new Error('The list was read without being counted.');
      return page.totalCount;
    },
  };
}
