import type { Piece } from '../payload';
import type { Player } from '../player';
import { type View, viewNames } from '../scene/cameras';
import type { Stage } from '../scene/stage';
import type { Hands } from '../sound/source';
import { button, clock, element } from './dom';
import { helpDialog } from './help';
import { icon, type Icon } from './icons';
import { Timeline } from './timeline';

// An avatar's head would be before the player's camera.
const views: readonly View[] = ['player', 'whole', 'above', 'left', 'right', 'leftHand', 'rightHand'];
const handNames: Record<Hands, string> = { left: 'Left', both: 'Both', right: 'Right' };
const speeds = [0.25, 0.5, 0.75, 0.9, 1, 1.25, 1.5, 2];

/** Everything that can be pressed. */
export class Controls {
  readonly element: HTMLElement;
  readonly timeline: Timeline;
  readonly #player: Player;
  readonly #stage: Stage;
  readonly #play: HTMLButtonElement;
  readonly #time = element('span', { class: 'now' });
  readonly #loop: HTMLButtonElement;
  readonly #mute: HTMLButtonElement;
  readonly #volume: HTMLInputElement;
  readonly #speed: HTMLSelectElement;
  readonly #views: Map<View, HTMLButtonElement>;
  readonly #hands: Map<Hands, HTMLButtonElement>;
  readonly #notes: HTMLButtonElement;
  readonly #fingers: HTMLButtonElement;
  readonly #settings: HTMLElement;
  readonly #help: HTMLDialogElement;
  readonly #said = element('div', { class: 'said', role: 'status', 'aria-live': 'polite' });
  #loud = 1;
  #second = -1;
  #sayTimer = 0;

  constructor(player: Player, stage: Stage, piece: Piece) {
    this.#player = player;
    this.#stage = stage;
    this.timeline = new Timeline(player, piece);
    this.#help = helpDialog(piece);
    this.#play = button({ class: 'play' }, () => player.toggle());
    this.#loop = toggle('loop', 'Loop a passage', () => this.toggleLoop());
    this.#notes = toggle('notes', 'Falling notes', () => this.toggleNotes());
    this.#fingers = toggle('fingers', 'Finger numbers', () => this.toggleFingers());
    this.#mute = button({ class: 'icon' }, () => this.toggleMute());
    this.#volume = element('input', { type: 'range', min: '0', max: '1', step: '0.05', value: '1', 'aria-label': 'Volume' });
    this.#volume.addEventListener('input', () => player.setVolume(this.#volume.valueAsNumber));
    this.#volume.addEventListener('pointerup', () => this.#volume.blur());
    this.#speed = element('select', { 'aria-label': 'Speed' }, ...speeds.map((speed) => element('option', { value: String(speed) }, `${speed}×`)));
    this.#speed.addEventListener('change', () => {
      player.setSpeed(Number(this.#speed.value));
      this.#speed.blur();
    });
    this.#views = new Map(views.filter((view) => view !== (stage.performance.body ? 'player' : 'whole')).map((view, i) => [view, button({ title: `${viewNames[view]} (${i + 1})`, html: viewNames[view] }, () => this.show(view))]));
    this.#hands = new Map((['left', 'both', 'right'] as const).map((hands) => [hands, button({ class: hands, html: handNames[hands], title: hands === 'both' ? 'Both hands' : `${handNames[hands]} hand alone` }, () => player.setHands(hands))]));

    this.#settings = element('div', { class: 'settings', id: 'settings' },
      group('Camera', 'segments views', ...this.#views.values()),
      group('Hands', 'segments hands', ...this.#hands.values()),
      element('div', { class: 'small' },
        element('label', { class: 'speed', title: 'Speed (− +)' }, element('span', { class: 'name' }, 'Speed'), this.#speed),
        element('div', { class: 'toggles' }, this.#notes, this.#fingers),
        element('div', { class: 'volume' }, this.#mute, this.#volume)));
    const more = button({ class: 'icon more', 'aria-label': 'Camera, hands, speed and sound', 'aria-controls': 'settings', 'aria-expanded': 'false', html: icon('more') }, () => {
      more.setAttribute('aria-expanded', String(this.#settings.classList.toggle('open')));
    });
    const full = button({ class: 'icon full', 'aria-label': 'Full screen', title: 'Full screen (F)', html: icon('full') }, () => this.toggleFullScreen());
    full.hidden = !document.fullscreenEnabled;
    this.element = element('section', { class: 'dock', 'aria-label': 'Player' },
      this.timeline.element,
      element('div', { class: 'bar' },
        element('div', { class: 'transport' }, this.#play, element('div', { class: 'time' }, this.#time, element('span', { class: 'all' }, clock(player.duration))), this.#loop),
        this.#settings,
        element('div', { class: 'last' }, more, full, button({ class: 'icon', 'aria-label': 'Keys and gestures', title: 'Keys and gestures (?)', html: icon('help') }, () => this.toggleHelp()))));
    document.body.append(this.#help, this.#said);
    player.addEventListener('change', () => this.#show());
    this.#show();
  }

  /** Follows the time; called once a frame. */
  update(time: number): void {
    this.timeline.update(time);
    const second = Math.floor(time + 1e-6);
    if (second === this.#second) return;
    this.#second = second;
    this.#time.textContent = clock(time);
  }

  /** The cameras that this scene has, in the order of their keys. */
  get views(): readonly View[] {
    return [...this.#views.keys()];
  }

  show(view: View): void {
    this.#stage.show(view);
    this.showView();
    this.say(viewNames[view]);
  }

  /** Marks the camera in use; none once it was moved by hand. */
  showView(): void {
    for (const [view, key] of this.#views) key.setAttribute('aria-pressed', String(view === this.#stage.cameras.view));
  }

  toggleLoop(): void {
    const { loop, time, duration } = this.#player;
    if (loop) {
      this.#player.setLoop(null);
      this.say('Loop off');
      return;
    }
    const start = Math.max(0, Math.min(time, duration - 2));
    this.#player.setLoop({ start, end: Math.min(duration, start + Math.max(4, duration * 0.1)) });
    this.say('Loop on: drag its ends, or press [ and ]');
  }

  loopFrom(): void {
    const { loop, time, duration } = this.#player;
    this.#player.setLoop({ start: time, end: loop && loop.end > time + 0.2 ? loop.end : duration });
  }

  loopTo(): void {
    const { loop, time } = this.#player;
    this.#player.setLoop({ start: loop && loop.start < time - 0.2 ? loop.start : 0, end: time });
  }

  changeSpeed(steps: number): void {
    const at = speeds.findIndex((speed) => speed >= this.#player.speed - 1e-6);
    this.#player.setSpeed(speeds[Math.max(0, Math.min(speeds.length - 1, at + steps))]!);
    this.say(`Speed ${this.#player.speed}×`);
  }

  changeVolume(by: number): void {
    this.#player.setVolume(this.#player.volume + by);
    this.say(`Volume ${Math.round(this.#player.volume * 100)} %`);
  }

  toggleMute(): void {
    if (this.#player.volume > 0) {
      this.#loud = this.#player.volume;
      this.#player.setVolume(0);
    } else {
      this.#player.setVolume(this.#loud);
    }
  }

  nextHands(): void {
    const order: readonly Hands[] = ['both', 'left', 'right'];
    const hands = order[(order.indexOf(this.#player.hands) + 1) % order.length]!;
    this.#player.setHands(hands);
    this.say(hands === 'both' ? 'Both hands' : `${handNames[hands]} hand alone`);
  }

  toggleNotes(shown = !this.#stage.fallingNotes.group.visible): void {
    this.#stage.fallingNotes.group.visible = shown;
    if (this.#stage.cameras.view) this.#stage.show(this.#stage.cameras.view);
    this.#stage.invalidate();
    this.#show();
  }

  toggleFingers(shown = !this.#stage.fingerNumbers.group.visible): void {
    this.#stage.fingerNumbers.group.visible = shown;
    this.#stage.fallingNotes.fingers = shown;
    this.#stage.invalidate();
    this.#show();
  }

  toggleFullScreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (document.fullscreenEnabled) void document.documentElement.requestFullscreen().catch(() => undefined);
  }

  toggleHelp(): void {
    if (this.#help.open) this.#help.close();
    else this.#help.showModal();
  }

  /** A short word over the picture, also for screen readers. */
  say(text: string): void {
    this.#said.textContent = text;
    this.#said.classList.add('shown');
    window.clearTimeout(this.#sayTimer);
    this.#sayTimer = window.setTimeout(() => this.#said.classList.remove('shown'), 1400);
  }

  #show(): void {
    const player = this.#player;
    this.#play.innerHTML = icon(player.playing ? 'pause' : 'play');
    label(this.#play, player.playing ? 'Pause' : 'Play', 'Space');
    this.#loop.setAttribute('aria-pressed', String(player.loop !== null));
    this.#notes.setAttribute('aria-pressed', String(this.#stage.fallingNotes.group.visible));
    this.#fingers.setAttribute('aria-pressed', String(this.#stage.fingerNumbers.group.visible));
    this.#mute.innerHTML = icon(player.volume > 0 ? 'sound' : 'muted');
    label(this.#mute, player.volume > 0 ? 'Mute' : 'Sound on', 'M');
    this.#volume.value = String(player.volume);
    this.#volume.setAttribute('aria-valuetext', `${Math.round(player.volume * 100)} percent`);
    this.#speed.value = String(player.speed);
    for (const [hands, key] of this.#hands) key.setAttribute('aria-pressed', String(hands === player.hands));
    this.showView();
  }
}

function label(key: HTMLElement, text: string, shortcut: string): void {
  key.setAttribute('aria-label', text);
  key.title = `${text} (${shortcut})`;
}

function toggle(name: Icon, text: string, onClick: () => void): HTMLButtonElement {
  const shortcut = { loop: 'L', notes: 'N', fingers: 'D' }[name as string] ?? '';
  return button({ class: `icon toggle ${name}`, 'aria-label': text, title: `${text} (${shortcut})`, 'aria-pressed': 'false', html: icon(name) }, onClick);
}

function group(name: string, kind: string, ...children: HTMLElement[]): HTMLElement {
  return element('div', { class: `group ${name.toLowerCase()}`, role: 'group', 'aria-label': name }, element('span', { class: 'name', 'aria-hidden': 'true' }, name), element('div', { class: kind }, ...children));
}
