import type { Note, Piece } from '../payload';
import { generator, renderTone } from './tone';
import type { Hands, SoundSource } from './source';

const toneRate = 32_000;
const rootStep = 3; // keys between two rendered tones; the others are these, played a little faster or slower
const lookahead = 0.3;
const hiddenLookahead = 2.5; // pages that are not seen have slow timers
const firstUndamped = 90; // the highest strings of a piano have no dampers

interface Voice {
  readonly note: Note;
  readonly start: number; // context time
  readonly source: AudioBufferSourceNode;
  readonly gain: GainNode;
}

/** The built-in piano: notes and pedal, played by Web Audio; its clock is the audio context's. */
export class Piano implements SoundSource {
  readonly #notes: readonly Note[];
  readonly #ends: Float64Array;
  readonly #duration: number;
  readonly #tones = new Map<number, AudioBuffer>();
  readonly #voices = new Set<Voice>();
  #context: AudioContext | null = null;
  #master: GainNode | null = null;
  #timer = 0;
  #playing = false;
  #anchorTime = 0; // this time of the piece …
  #anchorAt = 0; // … is heard at this context time
  #next = 0;
  #speed = 1;
  #volume = 1;
  #hands: Hands = 'both';

  constructor(piece: Piece) {
    this.#notes = piece.notes;
    this.#ends = dampedTimes(piece);
    this.#duration = piece.duration;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get time(): number {
    if (!this.#playing || !this.#context) return this.#anchorTime;
    const passed = (heardTime(this.#context) - this.#anchorAt) * this.#speed;
    return Math.min(this.#duration, this.#anchorTime + Math.max(0, passed));
  }

  async play(): Promise<void> {
    if (this.#playing) return;
    const context = this.#open();
    if (context.state !== 'running') await context.resume();
    if (this.#playing) return;
    this.#playing = true;
    this.#begin(this.#anchorTime);
    this.#timer = window.setInterval(() => this.#schedule(), 40);
  }

  pause(): void {
    if (!this.#playing) return;
    this.#anchorTime = this.time;
    this.#playing = false;
    window.clearInterval(this.#timer);
    this.#silence(() => true);
  }

  seek(time: number): void {
    if (this.#playing) {
      this.#silence(() => true);
      this.#begin(time);
    } else {
      this.#anchorTime = time;
    }
  }

  setSpeed(speed: number): void {
    if (this.#playing && this.#context) {
      const now = this.time;
      const at = heardTime(this.#context);
      this.#speed = speed;
      this.#anchorTime = now;
      this.#anchorAt = at;
      this.#silence((voice) => voice.start > this.#context!.currentTime);
      this.#next = this.#firstFrom(this.#timeAt(this.#context.currentTime));
      for (const voice of this.#voices) this.#damp(voice);
      this.#schedule();
    } else {
      this.#speed = speed;
    }
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    if (this.#master && this.#context) this.#master.gain.setTargetAtTime(volume, this.#context.currentTime, 0.02);
  }

  setHands(hands: Hands): void {
    this.#hands = hands;
    this.#silence((voice) => !this.#hears(voice.note));
  }

  /** Renders the tones that the piece needs, a few milliseconds at a time, so that the first play starts at once. */
  async warm(): Promise<void> {
    const roots = [...new Set(this.#notes.map((note) => rootOf(note.key)))];
    for (const root of roots) {
      this.#tone(root);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }

  #open(): AudioContext {
    if (this.#context) return this.#context;
    const context = new AudioContext();
    const master = context.createGain();
    master.gain.value = this.#volume;
    const limiter = context.createDynamicsCompressor();
    limiter.threshold.value = -14;
    limiter.ratio.value = 5;
    limiter.attack.value = 0.004;
    limiter.release.value = 0.18;
    const room = context.createConvolver();
    room.buffer = roomResponse(context);
    const roomLevel = context.createGain();
    roomLevel.gain.value = 0.16;
    limiter.connect(master).connect(context.destination);
    limiter.connect(room).connect(roomLevel).connect(master);
    this.#bus = limiter;
    this.#master = master;
    return (this.#context = context);
  }

  #bus: AudioNode | null = null;

  #begin(time: number): void {
    const context = this.#context!;
    this.#anchorTime = time;
    this.#anchorAt = context.currentTime + 0.05;
    this.#next = this.#firstFrom(time);

    // What is being held at this place sounds on from where it would be.
    for (let i = this.#next - 1; i >= 0; i--) {
      const note = this.#notes[i]!;
      if (time - note.onset > 8) break;
      if (this.#ends[i]! > time + 0.05) this.#start(i, this.#anchorAt, (time - note.onset) / this.#speed);
    }
    this.#schedule();
  }

  #schedule(): void {
    const context = this.#context!;
    const until = context.currentTime + (document.hidden ? hiddenLookahead : lookahead);
    for (; this.#next < this.#notes.length; this.#next++) {
      const at = this.#contextTime(this.#notes[this.#next]!.onset);
      if (at > until) break;
      this.#start(this.#next, Math.max(at, context.currentTime), 0);
    }
  }

  #start(index: number, at: number, into: number): void {
    const note = this.#notes[index]!;
    if (!this.#hears(note)) return;
    const context = this.#context!;
    const root = rootOf(note.key);
    const source = context.createBufferSource();
    source.buffer = this.#tone(root);
    source.playbackRate.value = 2 ** ((note.key - root) / 12);
    const blow = note.velocity / 127;

    // A harder blow is louder and brighter.
    const filter = context.createBiquadFilter();
    filter.type = 'lowpass';
    filter.Q.value = 0.2;
    filter.frequency.value = Math.min(14_000, 300 + 440 * 2 ** ((note.key - 69) / 12) * (1 + 3 * blow) + 9000 * blow ** 2);
    const gain = context.createGain();
    const level = 0.5 * blow ** 1.6 + 0.015;
    gain.gain.setValueAtTime(into > 0 ? 0 : level, at);
    if (into > 0) gain.gain.linearRampToValueAtTime(level, at + 0.02);
    const place = context.createStereoPanner();
    place.pan.value = ((note.key - 64) / 44) * 0.45;
    source.connect(filter).connect(gain).connect(place).connect(this.#bus!);
    source.start(at, into * source.playbackRate.value);
    const voice: Voice = { note, start: at, source, gain };
    this.#voices.add(voice);
    source.onended = () => {
      this.#voices.delete(voice);
      place.disconnect();
    };
    this.#damp(voice, index);
  }

  // Lets the damper fall at the note's end.
  #damp(voice: Voice, index = this.#notes.indexOf(voice.note)): void {
    if (voice.note.key >= firstUndamped) return;
    const context = this.#context!;
    const end = Math.max(this.#contextTime(this.#ends[index]!), context.currentTime, voice.start + 0.02);
    const fall = 0.045 + (0.09 * Math.max(0, 72 - voice.note.key)) / 51;
    voice.gain.gain.cancelScheduledValues(Math.max(context.currentTime, voice.start + 0.021));
    voice.gain.gain.setTargetAtTime(0, end, fall);
    voice.source.stop(end + fall * 9);
  }

  #silence(which: (voice: Voice) => boolean): void {
    const now = this.#context?.currentTime ?? 0;
    for (const voice of this.#voices) {
      if (!which(voice)) continue;
      this.#voices.delete(voice);
      voice.gain.gain.cancelScheduledValues(now);
      voice.gain.gain.setTargetAtTime(0, now, 0.02);
      voice.source.stop(voice.start > now ? now : now + 0.15);
    }
  }

  #tone(root: number): AudioBuffer {
    let tone = this.#tones.get(root);
    if (!tone) {
      const samples = renderTone(root, toneRate);
      tone = new AudioBuffer({ length: samples.length, sampleRate: toneRate });
      tone.copyToChannel(samples, 0);
      this.#tones.set(root, tone);
    }
    return tone;
  }

  #hears(note: Note): boolean {
    return this.#hands === 'both' || note.hand === null || note.hand === this.#hands;
  }

  #contextTime(time: number): number {
    return this.#anchorAt + (time - this.#anchorTime) / this.#speed;
  }

  #timeAt(contextTime: number): number {
    return this.#anchorTime + (contextTime - this.#anchorAt) * this.#speed;
  }

  #firstFrom(time: number): number {
    let [low, high] = [0, this.#notes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#notes[middle]!.onset < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function rootOf(key: number): number {
  return Math.min(108, 22 + Math.round((key - 22) / rootStep) * rootStep);
}

/** Context time of what leaves the loudspeaker at this moment. */
function heardTime(context: AudioContext): number {
  const stamp = context.getOutputTimestamp?.();
  if (stamp?.contextTime && stamp.performanceTime) {
    const heard = stamp.contextTime + (performance.now() - stamp.performanceTime) / 1000;
    if (Math.abs(heard - context.currentTime) < 0.4) return heard;
  }
  return context.currentTime - (context.outputLatency || context.baseLatency || 0);
}

/** When each note is damped: at its end, or when the pedal comes up, or when its key is struck again. */
function dampedTimes(piece: Piece): Float64Array {
  const ends = Float64Array.from(piece.notes, (note) => note.offset);
  let at = 0;
  const byEnd = piece.notes.map((_, i) => i).sort((a, b) => ends[a]! - ends[b]!);
  for (const i of byEnd) {
    const end = ends[i]!;
    while (at < piece.pedal.length && piece.pedal[at]!.time <= end) at++;
    if (at === 0 || piece.pedal[at - 1]!.value < 64) continue;
    let up = at;
    while (up < piece.pedal.length && piece.pedal[up]!.value >= 64) up++;
    ends[i] = piece.pedal[up]?.time ?? piece.duration + 4;
  }

  const struck = new Map<number, number>();
  for (let i = piece.notes.length - 1; i >= 0; i--) {
    const { key, onset } = piece.notes[i]!;
    const again = struck.get(key);
    if (again !== undefined && again > onset) ends[i] = Math.min(ends[i]!, again);
    struck.set(key, onset);
  }
  return ends;
}

// A small room: noise that dies away, darker as it goes.
function roomResponse(context: BaseAudioContext): AudioBuffer {
  const seconds = 1.3;
  const buffer = context.createBuffer(2, Math.ceil(seconds * context.sampleRate), context.sampleRate);
  for (let channel = 0; channel < 2; channel++) {
    const data = buffer.getChannelData(channel);
    const random = generator(7 + channel);
    let low = 0;
    for (let i = 0; i < data.length; i++) {
      const part = i / data.length;
      low += (random() * 2 - 1 - low) * (0.5 - 0.42 * part);
      data[i] = low * Math.exp(-6.2 * part) * Math.min(1, i / (0.006 * context.sampleRate));
    }
  }
  return buffer;
}
