import type { SoundSource } from './source';

/** The recording itself, played by the browser: pitch stays at every speed, and its clock is the sound that is heard. */
export class Recording implements SoundSource {
  readonly #audio = new Audio();
  readonly #duration: number;
  #mediaTime = 0;
  #readAt = 0;
  #told = 0;

  constructor(data: Blob, duration: number, onFailure: () => void) {
    this.#duration = duration;
    this.#audio.preservesPitch = true;
    this.#audio.preload = 'auto';
    this.#audio.addEventListener('error', onFailure, { once: true });
    this.#audio.src = URL.createObjectURL(data);
  }

  get time(): number {
    const media = this.#audio.ended ? this.#duration : this.#audio.currentTime;
    if (!this.playing) return (this.#told = media);

    // Some browsers move currentTime in steps of several frames: between two of them time goes on by the speed, and never
    // back unless it was far off.
    const now = performance.now();
    if (media !== this.#mediaTime) {
      this.#mediaTime = media;
      this.#readAt = now;
    }
    const ahead = Math.min(0.1, (now - this.#readAt) / 1000) * this.#audio.playbackRate;
    const time = Math.min(this.#duration, media + (this.#audio.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA ? ahead : 0));
    return (this.#told = time < this.#told && this.#told - time < 0.1 ? this.#told : time);
  }

  get playing(): boolean {
    return !this.#audio.paused && !this.#audio.ended;
  }

  async play(): Promise<void> {
    this.#readAt = performance.now();
    await this.#audio.play();
  }

  pause(): void {
    this.#audio.pause();
  }

  seek(time: number): void {
    this.#audio.currentTime = time;
    this.#mediaTime = this.#told = time;
    this.#readAt = performance.now();
  }

  setSpeed(speed: number): void {
    this.#audio.playbackRate = speed;
  }

  setVolume(volume: number): void {
    this.#audio.volume = volume;
  }

  setHands(): void {
    // A recording cannot be taken apart; the player lets the piano play where one hand is wanted alone.
  }
}
