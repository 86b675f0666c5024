import type { Piece } from './payload';
import type { Piano } from './sound/piano';
import type { Recording } from './sound/recording';
import { Silence } from './sound/silence';
import type { Hands, SoundSource } from './sound/source';

// Seconds that sound may stand still; computers without a sound device let one wait for ever.
const patience = 3;

export interface Loop {
  readonly start: number;
  readonly end: number;
}

/** Moves through the piece: play, pause, seek, speed, loop, hands. The time it tells is that of the sound. */
export class Player extends EventTarget {
  readonly duration: number;
  readonly #piano: Piano;
  readonly #recording: Recording | null;
  readonly #silence: Silence;
  #silent = false;
  #told = { time: -1, at: 0 };
  #source: SoundSource;
  #recordingWorks = true;
  #wantsPlay = false;
  #time = 0;
  #speed = 1;
  #volume = 1;
  #hands: Hands = 'both';
  #loop: Loop | null = null;

  constructor(piece: Piece, piano: Piano, recording: Recording | null) {
    super();
    this.duration = piece.duration;
    this.#piano = piano;
    this.#recording = recording;
    this.#silence = new Silence(piece.duration);
    this.#source = recording ?? piano;
  }

  get time(): number {
    return this.#time;
  }

  get playing(): boolean {
    return this.#wantsPlay;
  }

  get speed(): number {
    return this.#speed;
  }

  get volume(): number {
    return this.#volume;
  }

  get hands(): Hands {
    return this.#hands;
  }

  get loop(): Loop | null {
    return this.#loop;
  }

  /** What is heard now. */
  get sound(): 'recording' | 'piano' | 'none' {
    return this.#silent ? 'none' : this.#source === this.#recording ? 'recording' : 'piano';
  }

  /** Time of the source's own clock, which `time` was taken from at the last frame. */
  get soundTime(): number {
    return this.#source.time;
  }

  /** Takes the time from the sound; called once a frame. */
  tick(): number {
    if (!this.#wantsPlay) return this.#time;
    let time = this.#source.time;
    this.#watch(time);
    if (this.#loop && time >= this.#loop.end) {
      time = this.#loop.start;
      this.#source.seek(time);
    } else if (time >= this.duration - 0.005) {
      this.pause();
      time = this.duration;
    }
    return (this.#time = time);
  }

  async play(): Promise<void> {
    if (this.#wantsPlay) return;
    if (this.#time >= this.duration - 0.05) this.seek(this.#loop?.start ?? 0);
    else if (this.#loop && (this.#time < this.#loop.start || this.#time >= this.#loop.end)) this.seek(this.#loop.start);
    this.#wantsPlay = true;
    this.#told.time = -1;
    this.#changed();
    const source = this.#source;
    try {
      await source.play();
      if (source !== this.#silence) this.#beSilent(false);
      if (!this.#wantsPlay) source.pause();
    } catch (error) {
      if ((error as DOMException).name === 'AbortError') return;
      if (this.sound === 'recording' && (error as DOMException).name === 'NotSupportedError') this.recordingFailed();
      else this.pause();
    }
  }

  pause(): void {
    if (!this.#wantsPlay) return;
    this.#time = Math.min(this.duration, this.#source.time);
    this.#wantsPlay = false;
    this.#source.pause();
    this.#changed();
  }

  toggle(): void {
    if (this.#wantsPlay) this.pause();
    else void this.play();
  }

  seek(time: number): void {
    this.#time = Math.max(0, Math.min(this.duration, time));
    this.#source.seek(this.#time);
    this.#changed();
  }

  setSpeed(speed: number): void {
    this.#speed = Math.max(0.25, Math.min(2, speed));
    this.#source.setSpeed(this.#speed);
    this.#changed();
  }

  setVolume(volume: number): void {
    this.#volume = Math.max(0, Math.min(1, volume));
    this.#source.setVolume(this.#volume);
    this.#changed();
  }

  setHands(hands: Hands): void {
    this.#hands = hands;
    this.#choose();
    this.#source.setHands(hands);
    this.#changed();
  }

  setLoop(loop: Loop | null): void {
    this.#loop = loop && { start: Math.max(0, loop.start), end: Math.min(this.duration, Math.max(loop.end, loop.start + 0.2)) };
    this.#changed();
  }

  /** The browser cannot play the recording: the piano takes over. */
  recordingFailed(): void {
    this.#recordingWorks = false;
    this.#choose();
    this.#changed();
  }

  // The hands go on without a sound that does not, until it does.
  #watch(time: number): void {
    const now = performance.now();
    if (time !== this.#told.time) this.#told = { time, at: now };
    else if (now - this.#told.at > patience * 1000) this.#beSilent(true);
  }

  #beSilent(silent: boolean): void {
    if (this.#silent === silent) return;
    this.#silent = silent;
    this.#choose();
    this.#changed();
  }

  // One hand alone can only be heard from the piano.
  #choose(): void {
    const source = this.#silent ? this.#silence : this.#recording && this.#recordingWorks && this.#hands === 'both' ? this.#recording : this.#piano;
    if (source === this.#source) return;
    const time = this.#wantsPlay ? this.#source.time : this.#time;
    this.#source.pause();
    this.#source = source;
    source.setSpeed(this.#speed);
    source.setVolume(this.#volume);
    source.setHands(this.#hands);
    source.seek(Math.min(time, this.duration));
    if (this.#wantsPlay) void source.play();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
