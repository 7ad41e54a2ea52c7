import { httpErrorOf } from './http-error';

/** The answer of a route outside GraphQL, its broken rules by their status. */
export async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw httpErrorOf(error);
  }
}
