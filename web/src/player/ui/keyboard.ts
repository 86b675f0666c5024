import type { Player } from '../player';
import type { Controls } from './controls';

/** Keyboard shortcuts, as `?` lists them; a focused field or slider keeps its own keys. */
export function listenToKeys(player: Player, controls: Controls): void {
  const actions: Record<string, (event: KeyboardEvent) => void> = {
    ' ': () => player.toggle(),
    k: () => player.toggle(),
    ArrowLeft: (event) => player.seek(player.time - (event.shiftKey ? 1 : 5)),
    ArrowRight: (event) => player.seek(player.time + (event.shiftKey ? 1 : 5)),
    ',': () => player.seek(player.time - 1 / 30),
    '.': () => player.seek(player.time + 1 / 30),
    Home: () => player.seek(0),
    End: () => player.seek(player.duration),
    '-': () => controls.changeSpeed(-1),
    '+': () => controls.changeSpeed(1),
    '=': () => controls.changeSpeed(1),
    ArrowUp: () => controls.changeVolume(0.1),
    ArrowDown: () => controls.changeVolume(-0.1),
    m: () => controls.toggleMute(),
    l: () => controls.toggleLoop(),
    '[': () => controls.loopFrom(),
    ']': () => controls.loopTo(),
    h: () => controls.nextHands(),
    n: () => controls.toggleNotes(),
    d: () => controls.toggleFingers(),
    f: () => controls.toggleFullScreen(),
    '?': () => controls.toggleHelp(),
    ...Object.fromEntries(controls.views.map((view, i) => [String(i + 1), () => controls.show(view)])),
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const focused = document.activeElement;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (focused instanceof HTMLSelectElement) return;
    if (focused instanceof HTMLInputElement && /^(Arrow|Home|End|Page)/.test(key)) return;
    if ((focused instanceof HTMLButtonElement || focused?.tagName === 'SUMMARY') && (key === ' ' || key === 'Enter')) return;
    if (document.querySelector('dialog[open]') && key !== '?') return;
    const action = actions[key];
    if (!action) return;
    event.preventDefault();
    action(event);
  });
}
