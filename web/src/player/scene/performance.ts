import {
  AnimationMixer, Bone, Box3, Color, Group, type Material, Mesh, MeshStandardMaterial, Object3D, Quaternion, SkinnedMesh, Vector3,
} from 'three';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { Note, Piece, Side } from '../payload';
import type { Hands } from '../sound/source';
import { colorOf } from './palette';
import { isShown, KeyNotes } from './keyNotes';

export const fingerNames = ['thumb', 'index', 'middle', 'ring', 'little'] as const;
export const sides: readonly Side[] = ['left', 'right'];

interface Tip {
  readonly node: Object3D;
  /** Where the tip is in the node's frame. */
  readonly at: Vector3;
}

/** What the file tells of an avatar that plays. */
interface Avatar {
  readonly wrists: Record<Side, Object3D | null>;
  readonly tips: Record<Side, (Tip | null)[]>;
  readonly pianoScale: number;
  /** Whether there is a body, not hands alone. */
  readonly seated: boolean;
}

interface Key {
  readonly node: Object3D;
  readonly rest: Quaternion;
  readonly material: MeshStandardMaterial;
  readonly color: Color;
  readonly notes: KeyNotes;
  glow: number;
}

const lit = new Color();

/** The hands and keys of the scene file, moved to any time of the piece. */
export class Performance {
  readonly root: Group;
  readonly keys = new Map<number, Key>();
  readonly tips: Record<Side, (Tip | null)[]>;
  readonly wrists: Record<Side, Object3D | null>;
  /** The body of an avatar that plays; null where hands play alone. */
  readonly body: Box3 | null;
  readonly #mixer: AnimationMixer;
  readonly #end: number;
  readonly #meshes: Record<Side, Object3D[]> = { left: [], right: [] };

  private constructor(root: Group, mixer: AnimationMixer, end: number, piece: Piece, avatar: Avatar | null) {
    this.#end = end;
    this.root = root;
    this.#mixer = mixer;
    const find = (name: string): Object3D | null => root.getObjectByName(name) ?? null;
    const tip = (side: Side, name: string): Tip | null => {
      const node = find(`${side}_${name}_tip`);
      return node && { node, at: new Vector3() };
    };
    this.wrists = avatar?.wrists ?? { left: find('left_wrist'), right: find('right_wrist') };
    this.tips = avatar?.tips ?? { left: fingerNames.map((name) => tip('left', name)), right: fingerNames.map((name) => tip('right', name)) };
    // An avatar's piano may be of another size; here it is always as large as real ones.
    if (avatar) root.scale.setScalar(1 / avatar.pianoScale);
    this.#dressHands();
    this.#dressKeys(piece.notes);
    mixer.setTime(0);
    root.updateMatrixWorld(true);
    this.body = avatar?.seated ? this.#bodyBox() : null;
  }

  static async load(file: ArrayBuffer, piece: Piece): Promise<Performance> {
    const gltf = await new GLTFLoader().parseAsync(file, '');
    const mixer = new AnimationMixer(gltf.scene);
    for (const clip of gltf.animations) mixer.clipAction(clip).play();

    // A moment before the end: at the end itself the animation would begin again.
    const end = Math.min(...gltf.animations.map((clip) => clip.duration - 1e-3));
    return new Performance(gltf.scene, mixer, end, piece, await avatarOf(gltf));
  }

  /** Poses everything for a time and the hands that are shown. */
  pose(time: number, hands: Hands): void {
    this.#mixer.setTime(Math.min(time, this.#end));
    for (const side of sides) {
      for (const mesh of this.#meshes[side]) mesh.visible = hands === 'both' || hands === side;
    }
    for (const key of this.keys.values()) {
      if (hands !== 'both' && !key.notes.moves(time, hands)) key.node.quaternion.copy(key.rest);
      const note = key.notes.at(time, hands);
      const glow = note ? KeyNotes.glow(note, time) : 0;
      if (glow < 0.01 && key.glow === 0) continue;
      key.glow = glow < 0.01 ? 0 : glow;
      const light = note ? colorOf(note) : key.color;
      key.material.color.copy(key.color).lerp(lit.copy(light).multiplyScalar(0.55), 0.94 * key.glow);
      key.material.emissive.copy(light).multiplyScalar(0.1 * key.glow);
    }
    this.root.updateMatrixWorld();
  }

  /** Where a fingertip is, in metres. */
  tip(side: Side, finger: number, target: Vector3): boolean {
    const tip = this.tips[side][finger - 1];
    if (tip) tip.node.localToWorld(target.copy(tip.at));
    return tip != null;
  }

  /** Middle of a key's top in the piano frame, from the key's own mesh. */
  keyBounds(key: number, target: Box3): Box3 {
    const node = this.keys.get(key)?.node;
    return node ? target.setFromObject(node) : target.makeEmpty();
  }

  #dressHands(): void {
    this.root.traverse((object) => {
      if (!(object instanceof Mesh)) return;
      object.castShadow = true;
      object.receiveShadow = true;
      if (!(object instanceof SkinnedMesh)) return;
      object.frustumCulled = false; // its box is that of the resting hand
      if (this.wrists.left?.name !== 'left_wrist') return; // an avatar is seen whole
      const side = object.skeleton.bones.some((bone: Bone) => bone.name.startsWith('left_')) ? 'left' : 'right';
      this.#meshes[side].push(object);
    });
  }

  // From the skin as it is posed: geometry alone has the bound pose.
  #bodyBox(): Box3 {
    const box = new Box3();
    const at = new Vector3();
    this.root.traverse((object) => {
      if (!(object instanceof SkinnedMesh)) return;
      const count = object.geometry.getAttribute('position').count;
      for (let i = 0; i < count; i += Math.max(1, Math.floor(count / 400))) box.expandByPoint(object.localToWorld(object.getVertexPosition(i, at)));
    });
    return box;
  }

  #dressKeys(notes: readonly Note[]): void {
    for (let number = 21; number <= 108; number++) {
      const node = this.root.getObjectByName(`key_${number}`);
      if (!node) continue;
      let material: MeshStandardMaterial | null = null;
      node.traverse((object) => {
        if (!(object instanceof Mesh)) return;
        const own: Material = material ?? (object.material as Material).clone();
        if (own instanceof MeshStandardMaterial) material = own;
        object.material = own;
      });
      if (!material) continue;
      const own: MeshStandardMaterial = material;
      this.keys.set(number, {
        node,
        material: own,
        color: own.color.clone(),
        rest: node.quaternion.clone(),
        notes: new KeyNotes(notes.filter((note) => note.key === number)),
        glow: 0,
      });
    }
  }
}

async function avatarOf(gltf: GLTF): Promise<Avatar | null> {
  const extras = gltf.parser.json.extras as { piano_scale?: number; seated?: boolean; hands?: Record<string, { wrist: number; tips: ({ node: number; at: [number, number, number] } | null)[] }> } | undefined;
  if (!extras?.hands) return null;
  const node = async (index: number): Promise<Object3D> => (await gltf.parser.getDependency('node', index)) as Object3D;
  const avatar: Avatar = { wrists: { left: null, right: null }, tips: { left: [], right: [] }, pianoScale: extras.piano_scale ?? 1, seated: extras.seated ?? true };
  for (const side of sides) {
    const hand = extras.hands[side];
    if (!hand) continue;
    avatar.wrists[side] = await node(hand.wrist);
    avatar.tips[side] = await Promise.all(hand.tips.map(async (tip) => tip && { node: await node(tip.node), at: new Vector3(...tip.at) }));
  }
  return avatar;
}

export { isShown };
