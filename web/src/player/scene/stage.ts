import {
  DirectionalLight, HemisphereLight, MathUtils, Mesh, NeutralToneMapping, PCFShadowMap, PerspectiveCamera, PlaneGeometry, PMREMGenerator, Scene, ShadowMaterial, Vector3, WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';
import type { Piece, Side } from '../payload';
import type { Hands } from '../sound/source';
import { Cameras, type Range, type View } from './cameras';
import { FallingNotes } from './fallingNotes';
import { FingerNumbers } from './fingerNumbers';
import { type Performance, sides } from './performance';

// Seconds without a change after which a picture stands still.
const settled = 0.35;

/** The picture: hands, keys, falling notes and finger numbers under soft light, seen by a camera that can be moved. */
export class Stage {
  readonly canvas: HTMLCanvasElement;
  readonly performance: Performance;
  readonly fallingNotes: FallingNotes;
  readonly fingerNumbers: FingerNumbers;
  readonly cameras: Cameras;
  frames = 0;
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly camera = new PerspectiveCamera(32, 1, 0.02, 12);
  readonly #controls: OrbitControls;
  readonly #wrists: Record<Side, Vector3> = { left: new Vector3(-0.2, 0.05, 0.1), right: new Vector3(0.2, 0.05, 0.1) };
  readonly #calm: boolean;
  readonly #plain: boolean;
  readonly #finest: number;
  #drawn = -1;
  #dirty = true;
  #ratio = Math.min(window.devicePixelRatio, 2);
  #slow = 0;
  #still = 0;
  readonly #sun = new DirectionalLight('#fff1e0', 2.0);

  /** @param calm Whether the camera cuts instead of flying. */
  constructor(canvas: HTMLCanvasElement, performance: Performance, piece: Piece, calm: boolean) {
    this.canvas = canvas;
    this.performance = performance;
    this.#calm = calm;
    this.#plain = drawsInSoftware();
    this.#finest = this.#plain ? 1 : this.#ratio;
    if (this.#plain) this.#ratio = 0.5;
    this.#renderer = new WebGLRenderer({ canvas, antialias: !this.#plain, alpha: true, powerPreference: 'high-performance' });
    this.#renderer.toneMapping = NeutralToneMapping;
    this.#renderer.shadowMap.enabled = !this.#plain;
    this.#renderer.shadowMap.type = PCFShadowMap;
    this.#controls = new OrbitControls(this.camera, canvas);
    this.#controls.enableDamping = true;
    this.#controls.dampingFactor = 0.12;
    this.#controls.minDistance = 0.12;
    this.#controls.maxDistance = 4;
    this.#controls.maxPolarAngle = Math.PI * 0.495;
    this.#controls.addEventListener('change', () => (this.#dirty = true));

    const range = playedRange(piece, performance);
    this.#scene.add(performance.root);
    this.#light(range);
    this.fallingNotes = new FallingNotes(piece.notes, performance);
    this.fingerNumbers = new FingerNumbers(piece.notes, performance);
    this.#scene.add(this.fallingNotes.group, this.fingerNumbers.group);
    this.cameras = new Cameras(this.camera, this.#controls, range, performance.body);
    canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
    canvas.addEventListener('webglcontextrestored', () => this.invalidate());
  }

  /** Asks for a new picture although the time has not moved. */
  invalidate(): void {
    this.#dirty = true;
  }

  show(view: View, atOnce = this.#calm): void {
    this.#measureWrists();
    this.cameras.show(view, this.#heightShown(), this.#wrists, atOnce);
    this.invalidate();
  }

  resize(width: number, height: number): void {
    if (width === 0 || height === 0) return;
    this.#renderer.setPixelRatio(this.#ratio);
    this.#renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.fallingNotes.height = MathUtils.clamp((0.4 * height) / width, 0.34, 0.9); // where there is room, notes are seen from further away
    if (this.cameras.view) this.show(this.cameras.view, true);
    this.invalidate();
  }

  /** Draws a moment, unless the picture would be the last one again. */
  draw(time: number, hands: Hands, seconds: number, playing: boolean): void {
    this.#controls.update();
    const moving = this.cameras.moving;
    const changed = time !== this.#drawn || this.#dirty || moving;
    this.#still = changed || playing ? 0 : this.#still + seconds;

    // However coarse moving pictures have to be, one that stands still is fine.
    const ratio = this.#still > settled ? this.#finest : changed ? this.#ratio : this.#renderer.getPixelRatio();
    const other = ratio !== this.#renderer.getPixelRatio();
    if (changed || other) {
      if (other) this.#renderer.setPixelRatio(ratio);
      this.performance.pose(time, hands);
      this.#measureWrists();
      this.cameras.update(seconds, this.#wrists);
      this.fallingNotes.lean = this.cameras.lean;
      this.fallingNotes.update(time, hands);
      this.fingerNumbers.update(time, hands);
      this.#renderer.render(this.#scene, this.camera);
      this.#dirty = moving || this.cameras.moving;
      this.#drawn = time;
      this.frames++;
    }
    if (playing) this.#adapt(seconds);
  }

  // Where pictures come slowly for a while, fewer pixels are drawn, and then no shadows.
  #adapt(seconds: number): void {
    this.#slow = 0.96 * this.#slow + 0.04 * Math.min(0.2, seconds);
    if (this.#slow < 1 / 26) return;
    this.#slow = 0;
    if (this.#ratio > 0.75) this.#ratio = Math.max(0.75, this.#ratio * 0.8);
    else if (this.#sun.castShadow) this.#sun.castShadow = false;
    else if (this.#ratio > 0.5) this.#ratio = 0.5;
    else return;
    this.#dirty = true;
  }

  #heightShown(): number {
    return this.fallingNotes.group.visible ? this.fallingNotes.height * 0.62 : 0.06;
  }

  #measureWrists(): void {
    for (const side of sides) this.performance.wrists[side]?.getWorldPosition(this.#wrists[side]);
  }

  #light(range: Range): void {
    if (!this.#plain) {
      const room = new PMREMGenerator(this.#renderer);
      this.#scene.environment = room.fromScene(new RoomEnvironment(), 0.04, 0.1, 100, { size: 64 }).texture;
      this.#scene.environmentIntensity = 0.36;
      room.dispose();
    }
    this.#scene.add(new HemisphereLight('#dfe8ff', '#5b4a3c', this.#plain ? 1.4 : 0.35));
    const middle = (range.left + range.right) / 2;
    const half = (range.right - range.left) / 2 + 0.12;
    const sun = this.#sun;
    sun.position.set(middle - 0.55, 1.15, 0.35);
    sun.target.position.set(middle, 0, -0.02);
    sun.castShadow = !this.#plain;
    sun.shadow.mapSize.set(2048, 1024);
    Object.assign(sun.shadow.camera, { left: -half, right: half, top: 0.4, bottom: -0.4, near: 0.4, far: 2.4 });
    sun.shadow.bias = -0.0004;
    sun.shadow.normalBias = 0.0012;
    sun.shadow.radius = 3;
    const rim = new DirectionalLight('#cfe0ff', 0.7);
    rim.position.set(middle + 0.6, 0.6, -0.9);
    rim.target.position.set(middle, 0, 0);
    this.#scene.add(sun, sun.target, rim, rim.target);

    // The floor is only its shadows: what lies behind it is the page's own background.
    const floor = new Mesh(new PlaneGeometry(6, 4), new ShadowMaterial({ opacity: 0.22 }));
    floor.rotation.x = -Math.PI / 2;
    floor.position.y = this.performance.body ? this.performance.body.min.y : -0.056;
    floor.receiveShadow = true;
    this.#scene.add(floor);
  }
}

// Whether there is no graphics processor: then pictures are plain from the start, or each would take seconds.
function drawsInSoftware(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2');
  if (!probe) return false;
  const names = probe.getExtension('WEBGL_debug_renderer_info');
  const name = String(probe.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : probe.RENDERER));
  probe.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}

// From the lowest to the highest key that is played, with a little to either side, and at least two octaves.
function playedRange(piece: Piece, performance: Performance): Range {
  let [left, right] = [Infinity, -Infinity];
  for (const note of piece.notes) {
    const node = performance.keys.get(note.key)?.node;
    if (!node) continue;
    left = Math.min(left, node.position.x);
    right = Math.max(right, node.position.x);
  }
  if (left > right) [left, right] = [-0.3, 0.3];
  const middle = (left + right) / 2;
  const half = Math.max(0.2, (right - left) / 2 + 0.05);
  return { left: middle - half, right: middle + half };
}
