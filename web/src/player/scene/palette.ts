import { Color } from 'three';
import type { Note, Side } from '../payload';

/** Colours of the two hands: far apart for colour-blind eyes too. */
export const handColors: Record<Side, Color> = {
  left: new Color('#3f8cff'),
  right: new Color('#ff8a3d'),
};

export const unknownColor = new Color('#9aa3ad');

export function colorOf(note: Note): Color {
  return note.hand ? handColors[note.hand] : unknownColor;
}
