import type { SoundSource } from './source';

/** What tells the time where nothing can be heard: the page's own clock. */
export class Silence implements SoundSource {
  readonly #duration: number;
  #from = 0;
  #since: number | null = null;
  #speed = 1;

  constructor(duration: number) {
    this.#duration = duration;
  }

  get time(): number {
    if (this.#since === null) return this.#from;
    return Math.min(this.#duration, this.#from + ((performance.now() - this.#since) / 1000) * this.#speed);
  }

  get playing(): boolean {
    return this.#since !== null;
  }

  async play(): Promise<void> {
    this.#since ??= performance.now();
  }

  pause(): void {
    this.#from = this.time;
    this.#since = null;
  }

  seek(time: number): void {
    this.#from = time;
    if (this.#since !== null) this.#since = performance.now();
  }

  setSpeed(speed: number): void {
    this.seek(this.time);
    this.#speed = speed;
  }

  setVolume(): void {
    // There is nothing to be heard.
  }

  setHands(): void {
    // Nor of either hand.
  }
}
