import type { Note } from '../payload';
import type { Hands } from '../sound/source';

const pressTime = 0.04;
const releaseTime = 0.06;
const glowTime = 0.14;

/** What one key has to do, for asking what it does at a time. */
export class KeyNotes {
  readonly #notes: readonly Note[];

  /** @param notes The key's notes by onset. */
  constructor(notes: readonly Note[]) {
    this.#notes = notes;
  }

  /** The note that holds the key or held it last, among those of the hands that are shown. */
  at(time: number, hands: Hands): Note | null {
    let [low, high] = [0, this.#notes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#notes[middle]!.onset <= time) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0 && i >= low - 6; i--) {
      const note = this.#notes[i]!;
      if (isShown(note, hands)) return note;
    }
    return null;
  }

  /** Whether the key moves at a time for a note of the hands that are shown. */
  moves(time: number, hands: Hands): boolean {
    return this.#notes.some((note) => note.onset - pressTime <= time && time <= note.offset + releaseTime && isShown(note, hands));
  }

  /** How brightly the key is lit by a note: 1 while it is held, fading afterwards. */
  static glow(note: Note, time: number): number {
    return time <= note.offset ? 1 : Math.exp((note.offset - time) / glowTime);
  }
}

export function isShown(note: Note, hands: Hands): boolean {
  return hands === 'both' || note.hand === null || note.hand === hands;
}
