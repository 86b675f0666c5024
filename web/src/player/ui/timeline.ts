import type { Piece } from '../payload';
import type { Player } from '../player';
import { handColors, unknownColor } from '../scene/palette';
import { isShown } from '../scene/keyNotes';
import { element, spoken } from './dom';

/** The whole piece in a strip: its notes, where it is, and the passage that is looped. */
export class Timeline {
  readonly element: HTMLElement;
  readonly #player: Player;
  readonly #piece: Piece;
  readonly #roll = element('canvas', { class: 'roll', 'aria-hidden': 'true' });
  readonly #slider: HTMLInputElement;
  readonly #passage = element('div', { class: 'passage', hidden: '' });
  readonly #ends: Record<'start' | 'end', HTMLElement>;
  #spoken = -1;

  constructor(player: Player, piece: Piece) {
    this.#player = player;
    this.#piece = piece;
    this.#slider = element('input', {
      type: 'range', class: 'seek', min: '0', max: String(player.duration), step: '0.01', value: '0', 'aria-label': 'Position in the piece',
    });
    this.#slider.addEventListener('input', () => player.seek(this.#slider.valueAsNumber));
    this.#slider.addEventListener('keydown', (event) => {
      // By itself it would move by its smallest step.
      const step = event.shiftKey ? 1 : 5;
      const by = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -15, PageUp: 15 }[event.key];
      if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      player.seek(player.time + by);
    });
    this.#slider.addEventListener('pointerup', () => this.#slider.blur());
    this.#ends = { start: this.#handle('start', 'Start of the loop'), end: this.#handle('end', 'End of the loop') };
    this.element = element('div', { class: 'timeline' }, this.#roll, element('div', { class: 'played' }), this.#passage, this.#slider, this.#ends.start, this.#ends.end, element('div', { class: 'playhead' }));
    player.addEventListener('change', () => this.#showLoop());
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.#showLoop();
  }

  update(time: number): void {
    this.element.style.setProperty('--at', String(time / this.#player.duration));
    if (this.#slider.matches(':active') === false) this.#slider.value = String(time);
    const second = Math.floor(time);
    if (second === this.#spoken) return;
    this.#spoken = second;
    this.#slider.setAttribute('aria-valuetext', `${spoken(time)} of ${spoken(this.#player.duration)}`);
  }

  /** Draws the notes again, where the size or the hands shown have changed. */
  draw(): void {
    const [width, height] = [this.#roll.clientWidth, this.#roll.clientHeight];
    const ratio = Math.min(2, window.devicePixelRatio);
    this.#roll.width = width * ratio;
    this.#roll.height = height * ratio;
    const context = this.#roll.getContext('2d');
    if (!context || width === 0) return;
    context.scale(ratio, ratio);
    const keys = this.#piece.notes.map((note) => note.key);
    const low = keys.reduce((a, b) => Math.min(a, b), 108) - 2;
    const high = keys.reduce((a, b) => Math.max(a, b), 21) + 2;
    const thick = Math.max(1.2, Math.min(3, height / (high - low)));
    for (const note of this.#piece.notes) {
      const shown = isShown(note, this.#player.hands);
      context.globalAlpha = shown ? 0.45 + 0.5 * (note.velocity / 127) : 0.12;
      context.fillStyle = `#${(note.hand ? handColors[note.hand] : unknownColor).getHexString()}`;
      const x = (note.onset / this.#player.duration) * width;
      const length = Math.max(1, ((note.offset - note.onset) / this.#player.duration) * width - 0.3);
      context.fillRect(x, height - ((note.key - low) / (high - low)) * height - thick / 2, length, thick);
    }
  }

  #handle(which: 'start' | 'end', label: string): HTMLElement {
    const handle = element('div', { class: `handle ${which}`, role: 'slider', tabindex: '0', 'aria-label': label, 'aria-valuemin': '0', 'aria-valuemax': this.#player.duration.toFixed(1), hidden: '' });
    const move = (time: number): void => {
      const loop = this.#player.loop;
      if (!loop) return;
      if (which === 'start') this.#player.setLoop({ start: Math.min(time, loop.end - 0.2), end: loop.end });
      else this.#player.setLoop({ start: loop.start, end: Math.max(time, loop.start + 0.2) });
    };
    handle.addEventListener('keydown', (event) => {
      const step = event.shiftKey ? 0.1 : 1;
      const by = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step }[event.key];
      if (by === undefined || !this.#player.loop) return;
      event.preventDefault();
      event.stopPropagation();
      move(this.#player.loop[which] + by);
    });
    handle.addEventListener('pointerdown', (event) => {
      handle.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = this.element.getBoundingClientRect();
      move(((event.clientX - box.left) / box.width) * this.#player.duration);
    });
    return handle;
  }

  #showLoop(): void {
    const loop = this.#player.loop;
    this.#passage.hidden = this.#ends.start.hidden = this.#ends.end.hidden = !loop;
    if (!loop) return;
    this.element.style.setProperty('--loop-start', String(loop.start / this.#player.duration));
    this.element.style.setProperty('--loop-end', String(loop.end / this.#player.duration));
    for (const which of ['start', 'end'] as const) {
      this.#ends[which].setAttribute('aria-valuenow', loop[which].toFixed(1));
      this.#ends[which].setAttribute('aria-valuetext', spoken(loop[which]));
    }
  }
}
