import { CanvasTexture, Group, Sprite, SpriteMaterial, SRGBColorSpace, Vector3 } from 'three';
import type { Note, Side } from '../payload';
import type { Hands } from '../sound/source';
import { handColors } from './palette';
import { KeyNotes } from './keyNotes';
import { type Performance, sides } from './performance';

interface Label {
  readonly side: Side;
  readonly finger: number;
  readonly sprite: Sprite;
  readonly notes: KeyNotes;
}

/** The number of each finger over its tip, bright while the finger plays. */
export class FingerNumbers {
  readonly group = new Group();
  readonly #labels: Label[] = [];
  readonly #performance: Performance;
  readonly #place = new Vector3();

  constructor(notes: readonly Note[], performance: Performance) {
    this.#performance = performance;
    for (const side of sides) {
      for (let finger = 1; finger <= 5; finger++) {
        const material = new SpriteMaterial({ map: badge(finger, `#${handColors[side].getHexString()}`), depthTest: false, transparent: true, toneMapped: false });
        const sprite = new Sprite(material);
        sprite.renderOrder = 2;
        this.group.add(sprite);
        const own = new KeyNotes(notes.filter((note) => note.hand === side && note.finger === finger));
        this.#labels.push({ side, finger, sprite, notes: own });
      }
    }
  }

  update(time: number, hands: Hands): void {
    if (!this.group.visible) return;
    for (const { side, finger, sprite, notes } of this.#labels) {
      sprite.visible = (hands === 'both' || hands === side) && this.#performance.tip(side, finger, this.#place);
      if (!sprite.visible) continue;
      const note = notes.at(time, hands);
      const glow = note ? KeyNotes.glow(note, time) : 0;
      sprite.position.copy(this.#place);
      sprite.position.y += 0.024;
      sprite.scale.setScalar(0.012 + 0.0055 * glow);
      sprite.material.opacity = 0.42 + 0.58 * glow;
    }
  }
}

function badge(finger: number, color: string): CanvasTexture {
  const size = 96;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d')!;
  context.fillStyle = color;
  context.beginPath();
  context.arc(size / 2, size / 2, size / 2 - 4, 0, 2 * Math.PI);
  context.fill();
  context.lineWidth = 4;
  context.strokeStyle = 'rgba(255,255,255,.85)';
  context.stroke();
  context.fillStyle = '#fff';
  context.font = `700 ${size * 0.6}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(String(finger), size / 2, size * 0.54);
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
