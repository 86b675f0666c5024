import './player.css';
import { readPiece, readRecording, readScene } from './payload';
import { Player } from './player';
import { Performance } from './scene/performance';
import { Stage } from './scene/stage';
import { Piano } from './sound/piano';
import { Recording } from './sound/recording';
import { Controls } from './ui/controls';
import { button, element } from './ui/dom';
import { icon } from './ui/icons';
import { listenToKeys } from './ui/keyboard';
import { PedalGauge } from './ui/pedal';

declare global {
  interface Window {
    /** For tests and for pages around this one. */
    duomano?: { player: Player; stage: Stage; controls: Controls; pedal: PedalGauge };
  }
}

const app = document.getElementById('app')!;
const message = element('div', { class: 'message', role: 'status' }, element('span', { class: 'wait' }), 'Setting up the piano');

async function start(): Promise<void> {
  const piece = readPiece();
  document.title = `${piece.title} · Duomano`;
  const canvas = element('canvas', { class: 'view', role: 'img', 'aria-label': `Two hands playing ${piece.title} on a piano` });
  const heading = element('header', { class: 'top' }, element('h1', {}, piece.title), piece.credits[0] ? element('p', {}, piece.credits[0]) : null);
  const picture = element('main', { class: 'stage' }, canvas, heading, message);
  app.append(picture);

  // The page is shown before the work begins.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const file = await readScene();
  window.performance.mark('scene unpacked');
  const performance = await Performance.load(file, piece);
  window.performance.mark('scene loaded');
  const stage = new Stage(canvas, performance, piece, calm);
  window.performance.mark('stage set');
  const piano = new Piano(piece);
  const data = readRecording();
  const recording = data && new Recording(data, piece.duration, () => player.recordingFailed());
  const player: Player = new Player(piece, piano, recording);
  const controls = new Controls(player, stage, piece);
  app.append(controls.element);
  const pedal = new PedalGauge(piece);
  if (pedal.element) picture.append(pedal.element);

  // What moves without being asked for stays away from those who want less of it; the N key brings it back.
  if (calm) controls.toggleNotes(false);
  const first = button({ class: 'first', 'aria-label': 'Play', html: icon('play') }, () => player.toggle());
  picture.append(first);
  message.remove();

  new ResizeObserver(() => stage.resize(picture.clientWidth, picture.clientHeight)).observe(picture);
  stage.performance.pose(0, 'both');
  stage.resize(picture.clientWidth, picture.clientHeight);
  stage.show(performance.body ? 'whole' : 'player', true);
  listenToKeys(player, controls);
  canvas.addEventListener('pointerdown', () => first.remove());
  listenToTaps(canvas, () => player.toggle());
  player.addEventListener('change', () => {
    first.remove();
    stage.invalidate();
  });
  let hands = player.hands;
  player.addEventListener('change', () => {
    if (hands !== player.hands) controls.timeline.draw();
    hands = player.hands;
  });

  let last = 0;
  let view = stage.cameras.view;
  const frame = (now: number): void => {
    const seconds = Math.min(1, Math.max(0, (now - last) / 1000));
    last = now;
    const time = player.tick();
    stage.draw(time, player.hands, seconds, player.playing);
    controls.update(time);
    pedal.update(time);
    if (view !== stage.cameras.view) controls.showView();
    view = stage.cameras.view;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.duomano = { player, stage, controls, pedal };
  window.performance.mark('ready');
  document.documentElement.dataset['state'] = 'ready';
  await piano.warm();
}

// A tap, in contrast to a drag.
function listenToTaps(canvas: HTMLCanvasElement, tapped: () => void): void {
  let down: PointerEvent | null = null;
  let pointers = 0;
  canvas.addEventListener('pointerdown', (event) => {
    down = ++pointers === 1 && event.button === 0 ? event : null;
  });
  const up = (event: PointerEvent): void => {
    pointers = Math.max(0, pointers - 1);
    if (down && event.type === 'pointerup' && event.timeStamp - down.timeStamp < 350 && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 6) tapped();
    down = null;
  };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
}

start().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  message.replaceChildren(/webgl/i.test(text) ? 'This browser shows no 3D graphics (WebGL), which the hands need.' : text);
  message.setAttribute('role', 'alert');
  if (!message.isConnected) app.append(message);
  document.documentElement.dataset['state'] = 'failed';
});
