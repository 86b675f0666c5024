/**
 * The tone of one piano key, added up from its partials. A stiff string's partials lie at n·f·√(1 + B·n²) (Fletcher 1964); each
 * falls quickly at first, while the strings of a key move together, and then slowly, while they move against each other
 * (Weinreich 1977). A short burst of low-passed noise stands for the hammer's blow.
 */
export function renderTone(key: number, rate: number): Float32Array<ArrayBuffer> {
  const frequency = 440 * 2 ** ((key - 69) / 12);
  const height = (key - 21) / 87; // 0 lowest to 1 highest key
  const seconds = 1.2 + 5.3 * (1 - height) ** 1.3;
  const tone = new Float32Array(Math.ceil(seconds * rate));
  const inharmonicity = 0.00012 * Math.exp(0.0555 * Math.max(0, key - 44)) + 0.00018 * Math.exp(-0.07 * (key - 21));
  const partials = Math.min(40, Math.floor((Math.min(rate * 0.45, 9500) / frequency) * 0.95), Math.round(36 - 30 * height));
  const strike = 0.122; // where along the string the hammer strikes: partials with a node there are weak
  const random = generator(key);
  const slow = 3.6 * (1 - height) ** 1.35 + 0.16;

  for (let n = 1; n <= Math.max(1, partials); n++) {
    const partial = n * frequency * Math.sqrt(1 + inharmonicity * n * n);
    if (partial > rate * 0.45) break;

    // Small soundboards hardly carry the lowest fundamentals.
    const carried = partial < 110 ? (partial / 110) ** 1.1 : 1;
    const level = (carried * (0.25 + Math.abs(Math.sin(Math.PI * n * strike)))) / n ** (1.05 + 0.55 * height);
    const loss = 1 + 0.0011 * partial * (0.35 + height) * 0.6 + 0.06 * (n - 1);
    const slowRate = Math.exp(-1 / ((slow / loss) * rate));
    const fastRate = Math.exp(-1 / (((0.16 * slow) / loss + 0.02) * rate));
    const detune = n <= 8 ? 1 + (random() - 0.5) * 0.0007 : 1;
    add(tone, partial, level * 0.78, fastRate, random() * 2 * Math.PI, rate);
    add(tone, partial * detune, level * 0.3, slowRate, random() * 2 * Math.PI, rate);
  }

  // The blow.
  const blow = Math.floor(0.05 * rate);
  let low = 0;
  const smoothing = 1 - Math.exp((-2 * Math.PI * Math.min(3800, 500 + frequency * 1.4)) / rate);
  for (let i = 0; i < blow && i < tone.length; i++) {
    low += ((random() * 2 - 1) - low) * smoothing;
    tone[i]! += low * 0.34 * Math.exp(-i / (0.009 * rate));
  }

  shape(tone, rate);
  return tone;
}

// A decaying sine by recurrence: y[i] = 2·r·cos(w)·y[i−1] − r²·y[i−2].
function add(tone: Float32Array, frequency: number, level: number, decay: number, phase: number, rate: number): void {
  const w = (2 * Math.PI * frequency) / rate;
  const a = 2 * decay * Math.cos(w);
  const b = -decay * decay;
  let y2 = (level * Math.sin(phase - 2 * w)) / (decay * decay);
  let y1 = (level * Math.sin(phase - w)) / decay;
  // Below −80 dB nothing is heard any more.
  const end = Math.min(tone.length, Math.ceil(Math.log(1e-4) / Math.log(decay)));
  for (let i = 0; i < end; i++) {
    const y = a * y1 + b * y2;
    tone[i]! += y;
    y2 = y1;
    y1 = y;
  }
}

// Starts and ends without a click, and at most 1 loud.
function shape(tone: Float32Array, rate: number): void {
  const attack = Math.floor(0.0016 * rate);
  const release = Math.floor(0.25 * rate);
  let peak = 1e-6;
  for (let i = 0; i < tone.length; i++) {
    if (i < attack) tone[i]! *= i / attack;
    const left = tone.length - 1 - i;
    if (left < release) tone[i]! *= left / release;
    peak = Math.max(peak, Math.abs(tone[i]!));
  }
  for (let i = 0; i < tone.length; i++) tone[i]! /= peak;
}

/** Equal seeds give equal numbers from 0 to 1 (mulberry32). */
export function generator(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
