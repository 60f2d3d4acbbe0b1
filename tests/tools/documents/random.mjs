// Chance that is the same for the same seed.

/** Numbers in [0, 1) by mulberry32. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Chance {
  constructor(seed) {
    this.next = numbers(seed);
  }

  /** A whole number, from 0 to below `end`. */
  below(end) {
    return Math.floor(this.next() * end);
  }

  /** Whether something happens that happens once in `times`. */
  once(times) {
    return this.next() * times < 1;
  }

  /** One of them; undefined where there is none. */
  of(list) {
    return list[this.below(list.length)];
  }

  /** Some of them, in their order. */
  some(list, most) {
    const share = Math.min(1, most / Math.max(1, list.length));
    return list.filter(() => this.next() < share);
  }
}
