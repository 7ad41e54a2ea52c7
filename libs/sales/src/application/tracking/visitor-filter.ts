/** What a request says of who makes it; read, and kept nowhere. */
export interface VisitorHeaders {
  readonly userAgent: string | null;
  /** `Sec-Purpose`, or one of the older headers for the same. */
  readonly purpose: string | null;
}

/** Tells visits of people from those of machines and of browsers that load ahead. */
export abstract class VisitorFilter {
  abstract isMachine(visitor: VisitorHeaders): boolean;

  abstract loadsAhead(visitor: VisitorHeaders): boolean;
}
