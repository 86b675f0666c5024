import type { Piece } from '../payload';
import { element } from './dom';

/** How far the sustain pedal is down: a bar that fills downwards, as a foot goes down. Pieces without a pedal have none. */
export class PedalGauge {
  readonly element: HTMLElement | null;
  readonly #changes: Piece['pedal'];
  #value = -1;

  constructor(piece: Piece) {
    this.#changes = piece.pedal;
    this.element = piece.pedal.length === 0 ? null
      : element('div', { class: 'pedal', role: 'meter', 'aria-label': 'Sustain pedal', 'aria-valuemin': '0', 'aria-valuemax': '127', title: 'Sustain pedal' },
        element('div', { class: 'travel' }, element('div', { class: 'down' })), element('span', {}, 'pedal'));
  }

  /** Follows the time; called once a frame. */
  update(time: number): void {
    if (!this.element) return;
    const value = this.at(time);
    if (value === this.#value) return;
    this.#value = value;
    this.element.style.setProperty('--down', String(value / 127));
    this.element.setAttribute('aria-valuenow', String(value));
  }

  /** How far it is down at a time, 0 to 127. */
  at(time: number): number {
    let [low, high] = [0, this.#changes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#changes[middle]!.time <= time) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : this.#changes[low - 1]!.value;
  }
}
