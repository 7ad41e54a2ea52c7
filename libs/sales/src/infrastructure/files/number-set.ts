const FIRST_SIZE = 1 << 10;
const FREE = -1;
/** Of a number's place; any odd one that spreads its bits will do. */
const SPREAD = 0x9e37_79b1;

/** Whole numbers from 0, eight bytes each and room to grow: a `Set` of millions takes six times as much. */
export class NumberSet {
  private slots = new Float64Array(FIRST_SIZE).fill(FREE);
  private count = 0;

  add(value: number): void {
    if (this.count * 2 >= this.slots.length) this.grow();
    const at = this.placeOf(value);
    if (this.slots[at] === value) return;
    this.slots[at] = value;
    this.count += 1;
  }

  has(value: number): boolean {
    return this.slots[this.placeOf(value)] === value;
  }

  /** Where the value is, or would be. */
  private placeOf(value: number): number {
    const mask = this.slots.length - 1;
    let at = (Math.imul(value % 0x1_0000_0000, SPREAD) >>> 7) & mask;
    while (this.slots[at] !== FREE && this.slots[at] !== value) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Float64Array(before.length * 2).fill(FREE);
    for (const value of before) if (value !== FREE) this.slots[this.placeOf(value)] = value;
  }
}
