import { type Box3, MathUtils, PerspectiveCamera, Vector3 } from 'three';
import type { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Side } from '../payload';

export type View = 'whole' | 'player' | 'above' | 'left' | 'right' | 'leftHand' | 'rightHand';

export const viewNames: Record<View, string> = {
  whole: 'Whole body',
  player: 'Player',
  above: 'Above',
  left: 'Left side',
  right: 'Right side',
  leftHand: 'Left hand',
  rightHand: 'Right hand',
};

interface Shot {
  /** From the target to the camera. */
  readonly direction: Vector3;
  /** How far falling notes lean back, radians. */
  readonly lean: number;
  readonly follows: Side | null;
}

const degrees = Math.PI / 180;
const tallShare = 0.8;

function direction(azimuth: number, elevation: number): Vector3 {
  return new Vector3().setFromSphericalCoords(1, (90 - elevation) * degrees, azimuth * degrees);
}

const shots: Record<View, Shot> = {
  whole: { direction: direction(62, 16), lean: 0, follows: null },
  player: { direction: direction(0, 40), lean: 0, follows: null },
  above: { direction: direction(0, 86), lean: 86 * degrees, follows: null },
  left: { direction: direction(-68, 24), lean: 0, follows: null },
  right: { direction: direction(68, 24), lean: 0, follows: null },
  leftHand: { direction: direction(-32, 34), lean: 0, follows: 'left' },
  rightHand: { direction: direction(32, 34), lean: 0, follows: 'right' },
};

/** What a shot has to hold: the keys that are played and the hands in front of them. */
export interface Range {
  left: number;
  right: number;
}

/** Preset cameras, framed so that what is played fits the picture, whatever its shape. */
export class Cameras {
  view: View | null = 'player';
  lean = shots.player.lean;
  readonly #camera: PerspectiveCamera;
  readonly #controls: OrbitControls;
  readonly #range: Range;
  readonly #from = { position: new Vector3(), target: new Vector3(), lean: 0 };
  readonly #to = { position: new Vector3(), target: new Vector3(), lean: 0 };
  #progress = 1;
  #height = 0.05;
  #behind = false;
  readonly #followed = new Vector3();

  readonly #body: Box3 | null;

  /** @param body The body of an avatar, which the view of the whole holds. */
  constructor(camera: PerspectiveCamera, controls: OrbitControls, range: Range, body: Box3 | null) {
    this.#body = body;
    this.#camera = camera;
    this.#controls = controls;
    this.#range = range;
    controls.addEventListener('start', () => {
      this.#progress = 1;
      if (this.view && !shots[this.view].follows) this.view = null;
    });
  }

  /** Whether the camera is still on its way, or behind the hand that it goes along with. */
  get moving(): boolean {
    return this.#progress < 1 || this.#behind;
  }

  /** Goes to a preset.
   * @param height How high what should be seen stands over the keys, metres.
   * @param hands Where the wrists are.
   */
  show(view: View, height: number, hands: Record<Side, Vector3>, atOnce: boolean): void {
    this.view = view;
    this.#height = height;
    const shot = shots[view];
    this.#frame(shot, hands);
    this.#from.position.copy(this.#camera.position);
    this.#from.target.copy(this.#controls.target);
    this.#from.lean = this.lean;
    this.#to.lean = shot.lean;
    this.#progress = atOnce ? 1 : 0;
    if (atOnce) this.#place(1);
  }

  /** Moves on by some seconds; a close shot goes along with its hand. */
  update(seconds: number, hands: Record<Side, Vector3>): void {
    if (this.#progress < 1) {
      this.#progress = Math.min(1, this.#progress + seconds / 0.7);
      this.#place(this.#progress);
    }
    const side = this.view && shots[this.view].follows;
    this.#behind = false;
    if (!side) return;
    const step = this.#followed.clone();
    this.#followed.lerp(hands[side], 1 - Math.exp(-seconds / 0.45));
    this.#behind = this.#followed.distanceTo(hands[side]) > 0.001;
    step.subVectors(this.#followed, step);
    step.y *= 0.3;
    this.#camera.position.add(step);
    this.#controls.target.add(step);
    this.#to.position.add(step);
    this.#to.target.add(step);
    this.#from.position.add(step);
    this.#from.target.add(step);
  }

  #place(progress: number): void {
    const eased = progress * progress * (3 - 2 * progress);
    this.#camera.position.lerpVectors(this.#from.position, this.#to.position, eased);
    this.#controls.target.lerpVectors(this.#from.target, this.#to.target, eased);
    if (progress >= 1) {
      this.#camera.position.copy(this.#to.position);
      this.#controls.target.copy(this.#to.target);
    }
    this.lean = MathUtils.lerp(this.#from.lean, this.#to.lean, eased);
    this.#camera.lookAt(this.#controls.target);
  }

  // Moves back along the shot's direction until every corner of what should be seen is inside the picture, and centres it.
  #frame(shot: Shot, hands: Record<Side, Vector3>): void {
    const box = { ...this.#range, low: -0.02, high: 0.075, back: -0.16, front: 0.135 };
    if (shot.follows) {
      const hand = hands[shot.follows];
      this.#followed.copy(hand);
      Object.assign(box, { left: hand.x - 0.13, right: hand.x + 0.13, back: -0.15, front: 0.1 });
    }
    const whole = shot === shots.whole ? this.#body : null;
    if (whole) Object.assign(box, { left: Math.min(whole.min.x, -0.3), right: Math.max(whole.max.x, 0.3), low: whole.min.y, high: whole.max.y + 0.1, back: -0.16, front: whole.max.z });
    const corners: Vector3[] = [];
    for (const x of [box.left, box.right]) {
      for (const y of [box.low, box.high]) for (const z of [box.back, box.front]) corners.push(new Vector3(x, y, z));
      if (!shot.follows && !whole) {
        // The upper end of the falling notes, as they lean in this shot.
        corners.push(new Vector3(x, this.#height * Math.cos(shot.lean), box.back - this.#height * Math.sin(shot.lean)));
      }
    }

    const forward = shot.direction.clone().negate();
    const right = new Vector3().crossVectors(forward, new Vector3(0, 1, 0)).normalize();
    const up = new Vector3().crossVectors(right, forward);
    const vertical = Math.tan((this.#camera.fov * degrees) / 2) * 0.96; // with a little room around
    const horizontal = vertical * this.#camera.aspect;

    // A corner (x, y, z forward) is inside if the eye is not further forward than z ∓ (x − eye.x) / horizontal, and alike for
    // y: the foremost eye that meets all of them lies in the middle of what they leave.
    let [leftmost, rightmost, lowest, highest, depth] = [Infinity, Infinity, Infinity, Infinity, 0];
    for (const corner of corners) {
      const [x, y, z] = [corner.dot(right), corner.dot(up), corner.dot(forward)];
      leftmost = Math.min(leftmost, z + x / horizontal);
      rightmost = Math.min(rightmost, z - x / horizontal);
      lowest = Math.min(lowest, z + y / vertical);
      highest = Math.min(highest, z - y / vertical);
      depth += z / corners.length;
    }
    const along = Math.min((leftmost + rightmost) / 2, (lowest + highest) / 2);

    // Of what a tall picture has to spare, the notes that come get most, and the arms behind the hands little.
    const centred = (vertical * (lowest - highest)) / 2;
    const height = shot.follows || whole ? centred : MathUtils.lerp(centred, vertical * (lowest - along), tallShare);
    const eye = new Vector3().addScaledVector(right, (horizontal * (leftmost - rightmost)) / 2).addScaledVector(up, height).addScaledVector(forward, along);
    this.#to.position.copy(eye);
    this.#to.target.copy(eye).addScaledVector(forward, Math.max(0.1, depth - eye.dot(forward)));
  }
}
