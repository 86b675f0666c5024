import type { Piece } from '../payload';
import { button, element } from './dom';
import { icon } from './icons';

export const shortcuts: readonly (readonly [keys: string, what: string])[] = [
  ['Space', 'Play and pause'],
  ['← →', 'Back and on by 5 seconds (with Shift by 1)'],
  [', .', 'Back and on by a frame'],
  ['Home End', 'To the start and the end'],
  ['− +', 'Slower and faster, at the same pitch'],
  ['L', 'Loop a passage, and end the loop'],
  ['[ ]', 'Loop from here, loop to here'],
  ['1 … 6', 'Camera: player, above, sides, close on a hand'],
  ['H', 'Both hands, left alone, right alone'],
  ['N', 'Falling notes'],
  ['D', 'Finger numbers'],
  ['↑ ↓ M', 'Louder, softer, mute'],
  ['F', 'Full screen'],
  ['?', 'This list'],
];

/** The list of shortcuts, what the piece is, and the licences of what the page is made with. */
export function helpDialog(piece: Piece): HTMLDialogElement {
  const table = element('dl', { class: 'shortcuts' });
  for (const [keys, what] of shortcuts) {
    const names = element('dt');
    for (const key of keys.split(' ')) names.append(key === '…' ? '…' : element('kbd', {}, key));
    table.append(element('div', {}, names, element('dd', {}, what)));
  }
  const dialog = element('dialog', { class: 'help', 'aria-labelledby': 'help-title' });
  const close = button({ class: 'icon', 'aria-label': 'Close', html: icon('close') }, () => dialog.close());
  const notices = document.getElementById('notices')?.textContent?.trim() ?? '';
  dialog.append(
    element('header', {}, element('h2', { id: 'help-title' }, 'Keys and gestures'), close),
    table,
    element('p', {}, 'Drag to look around, pinch or scroll to come nearer, drag with two fingers or the right button to move. Tap the picture to play and pause.'),
    element('h3', {}, 'About'),
    element('p', {}, piece.title),
    ...piece.credits.map((line) => element('p', { class: 'quiet' }, line)),
    element('p', { class: 'quiet' }, 'Hands made by Duomano. This page is complete in itself: it fetches nothing and sends nothing.'),
    element('details', {}, element('summary', {}, 'Licences of bundled software'), element('pre', {}, notices)),
  );
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}
