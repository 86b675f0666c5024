import { Box3, CanvasTexture, Group, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, PlaneGeometry, ShaderMaterial, Vector3 } from 'three';
import type { Note } from '../payload';
import type { Hands } from '../sound/source';
import { colorOf } from './palette';
import { isShown } from './keyNotes';
import type { Performance } from './performance';

const capacity = 768;
const before = 0.25; // seconds that a finished note is still drawn, sinking behind the keys

/** How fast notes come, metres a second. */
export const fallingSpeed = 0.12;

const vertexShader = /* glsl */ `
  attribute vec4 place; // x, bottom y, width, height
  attribute vec4 tint;  // r, g, b, finger
  varying vec2 vPoint;
  varying vec2 vSize;
  varying vec4 vTint;
  varying float vHeight;
  void main() {
    vSize = place.zw;
    vPoint = (uv - 0.5) * place.zw;
    vTint = tint;
    vec3 at = vec3(place.x + position.x * place.z, place.y + (position.y + 0.5) * place.w, 0.0);
    vHeight = at.y;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(at, 1.0);
  }
`;

const fragmentShader = /* glsl */ `
  uniform float top;
  uniform float opacity;
  uniform sampler2D digits;
  varying vec2 vPoint;
  varying vec2 vSize;
  varying vec4 vTint;
  varying float vHeight;
  float box(vec2 p, vec2 half_, float r) {
    vec2 q = abs(p) - half_ + r;
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - r;
  }
  void main() {
    if (vHeight < 0.0) discard;
    float r = min(0.0035, min(vSize.x, vSize.y) * 0.5);
    float d = box(vPoint, vSize * 0.5, r);
    float w = max(fwidth(d), 1e-5);
    float inside = 1.0 - smoothstep(-w, w, d);
    float edge = smoothstep(-0.0016 - w, -0.0004, d);
    float fade = 1.0 - smoothstep(0.6, 1.0, vHeight / top);
    vec3 color = mix(vTint.rgb, min(vTint.rgb * 1.25 + 0.08, 1.0), edge);
    // The finger stands at the note's lower end.
    float side = min(vSize.x, 0.013);
    vec2 at = (vPoint - vec2(0.0, -vSize.y * 0.5 + side * 0.5 + 0.0008)) / side + 0.5;
    if (vTint.a > 0.5 && vSize.y > side * 0.8 && all(greaterThan(at, vec2(0.0))) && all(lessThan(at, vec2(1.0)))) {
      float ink = texture2D(digits, vec2((vTint.a - 1.0 + at.x) / 5.0, at.y)).a;
      color = mix(color, vec3(1.0), ink * 0.95);
    }
    gl_FragColor = vec4(color, inside * fade * opacity);
    #include <colorspace_fragment>
  }
`;

/** Notes that fall onto their keys: a lane of rounded bars that stands at the back of the keys, coloured by hand. */
export class FallingNotes {
  readonly group = new Group();
  fingers = true;
  readonly #notes: readonly Note[];
  readonly #longest: number;
  readonly #lanes = new Map<number, { x: number; width: number }>();
  readonly #geometry = new InstancedBufferGeometry();
  readonly #place = new InstancedBufferAttribute(new Float32Array(capacity * 4), 4);
  readonly #tint = new InstancedBufferAttribute(new Float32Array(capacity * 4), 4);
  readonly #material: ShaderMaterial;

  constructor(notes: readonly Note[], performance: Performance) {
    this.#notes = notes;
    this.#longest = notes.reduce((longest, note) => Math.max(longest, note.offset - note.onset), 0);
    const plane = new PlaneGeometry(1, 1);
    this.#geometry.index = plane.index;
    this.#geometry.setAttribute('position', plane.getAttribute('position'));
    this.#geometry.setAttribute('uv', plane.getAttribute('uv'));
    this.#geometry.setAttribute('place', this.#place);
    this.#geometry.setAttribute('tint', this.#tint);
    this.#material = new ShaderMaterial({
      vertexShader,
      fragmentShader,
      transparent: true,
      depthWrite: false,
      side: 2,
      uniforms: { top: { value: 0.34 }, opacity: { value: 0.95 }, digits: { value: digitAtlas() } },
    });
    const mesh = new Mesh(this.#geometry, this.#material);
    mesh.frustumCulled = false;
    this.group.add(mesh);

    const bounds = new Box3();
    let back = 0;
    for (const number of performance.keys.keys()) {
      performance.keyBounds(number, bounds);
      const size = bounds.getSize(new Vector3());
      const black = [1, 3, 6, 8, 10].includes(number % 12);
      this.#lanes.set(number, { x: (bounds.min.x + bounds.max.x) / 2, width: size.x * (black ? 0.95 : 0.72) });
      back = Math.min(back, bounds.min.z);
    }
    this.group.position.z = back + 0.002;
  }

  /** How far up notes are seen, metres. */
  get height(): number {
    return this.#material.uniforms['top']!.value as number;
  }

  set height(height: number) {
    this.#material.uniforms['top']!.value = height;
  }

  /** How far the lane leans back, radians: seen from above it has to. */
  set lean(angle: number) {
    // Lying, it ends where the keys begin, above the board behind them; standing, it ends on the keys.
    this.group.rotation.x = -angle;
    this.group.position.y = 0.014 + 0.068 * Math.sin(angle);
  }

  update(time: number, hands: Hands): void {
    if (!this.group.visible) return;
    const until = time + this.height / fallingSpeed;
    let count = 0;
    for (let i = this.#firstFrom(time - before - this.#longest); i < this.#notes.length && count < capacity; i++) {
      const note = this.#notes[i]!;
      if (note.onset > until) break;
      if (note.offset < time - before || !isShown(note, hands)) continue;
      const lane = this.#lanes.get(note.key);
      if (!lane) continue;
      const height = Math.max(0.004, (note.offset - note.onset) * fallingSpeed - 0.0016);
      this.#place.setXYZW(count, lane.x, (note.onset - time) * fallingSpeed, lane.width, height);
      const color = colorOf(note);
      const light = 0.62 + 0.38 * (note.velocity / 127);
      this.#tint.setXYZW(count, color.r * light, color.g * light, color.b * light, this.fingers ? note.finger : 0);
      count++;
    }
    this.#geometry.instanceCount = count;
    this.#place.needsUpdate = true;
    this.#tint.needsUpdate = true;
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

function digitAtlas(): CanvasTexture {
  const size = 96;
  const canvas = document.createElement('canvas');
  canvas.width = size * 5;
  canvas.height = size;
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.font = `700 ${size * 0.78}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let i = 0; i < 5; i++) context.fillText(String(i + 1), size * (i + 0.5), size * 0.54);
  return new CanvasTexture(canvas);
}
