/** Slow on purpose: about 20–50 ms and 19 MiB each. */
export abstract class PasswordHasher {
  abstract hash(password: string): Promise<string>;

  abstract verify(hash: string, password: string): Promise<boolean>;

  /** Takes as long as `verify` on a real hash and is never true: what an unknown e-mail costs. */
  abstract verifyNothing(password: string): Promise<false>;
}
