import type { Side } from '../payload';

/** Whose notes are heard and shown. */
export type Hands = 'both' | Side;

/**
 * Something that sounds and, by sounding, tells the time: its clock is the only one that moves the hands. Times are seconds of
 * the piece, whatever the speed.
 */
export interface SoundSource {
  /** Where the piece is as it is heard at this moment. */
  readonly time: number;
  readonly playing: boolean;
  play(): Promise<void>;
  pause(): void;
  seek(time: number): void;
  setSpeed(speed: number): void;
  /** 0 to 1. */
  setVolume(volume: number): void;
  setHands(hands: Hands): void;
}
