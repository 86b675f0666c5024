import { gunzipSync } from 'fflate';

export type Side = 'left' | 'right';

export interface Note {
  readonly onset: number;
  readonly offset: number;
  /** MIDI number, 21 to 108. */
  readonly key: number;
  /** 1 to 127. */
  readonly velocity: number;
  readonly hand: Side | null;
  /** 1 thumb to 5 little finger, 0 unknown. */
  readonly finger: number;
}

export interface PedalChange {
  readonly time: number;
  /** 0 up to 127 down. */
  readonly value: number;
}

/** What a page shows, without the scene and the recording. */
export interface Piece {
  readonly title: string;
  readonly credits: readonly string[];
  readonly duration: number;
  /** By onset. */
  readonly notes: readonly Note[];
  readonly pedal: readonly PedalChange[];
}

interface RawPiece {
  title: string;
  credits: string[];
  duration: number;
  notes: [number, number, number, number, number, number][];
  pedal: [number, number][];
}

const sides: readonly Side[] = ['left', 'right'];

function text(id: string): string | null {
  return document.getElementById(id)?.textContent ?? null;
}

/** Bytes of base64; the text's element is emptied, so that the page does not keep it twice. */
function bytes(id: string): Uint8Array<ArrayBuffer> | null {
  const element = document.getElementById(id);
  const encoded = element?.textContent?.trim();
  if (!element || !encoded) return null;
  element.textContent = '';
  const native = Uint8Array as unknown as { fromBase64?: (value: string) => Uint8Array<ArrayBuffer> };
  if (native.fromBase64) return native.fromBase64(encoded);
  const step = 1 << 16; // a multiple of 4: every piece is base64 by itself
  const result = new Uint8Array((encoded.length / 4) * 3 - (encoded.endsWith('==') ? 2 : encoded.endsWith('=') ? 1 : 0));
  for (let at = 0, out = 0; at < encoded.length; at += step) {
    const piece = atob(encoded.slice(at, at + step));
    for (let i = 0; i < piece.length; i++) result[out++] = piece.charCodeAt(i);
  }
  return result;
}

async function gunzip(packed: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  if ('DecompressionStream' in globalThis) {
    return await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
  }
  return gunzipSync(packed).buffer as ArrayBuffer;
}

export function readPiece(): Piece {
  const raw = JSON.parse(text('piece') ?? 'null') as RawPiece | null;
  if (!raw) throw new Error('This page has no piece in it. Duomano writes one: duomano generate music.mid -o page.html');
  return {
    title: raw.title,
    credits: raw.credits,
    duration: raw.duration,
    notes: raw.notes.map(([onset, offset, key, velocity, hand, finger]) => ({ onset, offset, key, velocity, hand: sides[hand] ?? null, finger })),
    pedal: raw.pedal.map(([time, value]) => ({ time, value })),
  };
}

export async function readScene(): Promise<ArrayBuffer> {
  const packed = bytes('scene');
  if (!packed) throw new Error('This page has no scene in it.');
  return await gunzip(packed);
}

/** The recording the hands were made from, where the page has one. */
export function readRecording(): Blob | null {
  const type = document.getElementById('recording')?.dataset['type'];
  const data = bytes('recording');
  return data && type ? new Blob([data], { type }) : null;
}
