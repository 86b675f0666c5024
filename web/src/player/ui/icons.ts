// Drawn for this page on a 24 × 24 grid.
const paths = {
  play: '<path d="M8 5.2v13.6a.8.8 0 0 0 1.2.7l10.9-6.8a.8.8 0 0 0 0-1.4L9.2 4.5a.8.8 0 0 0-1.2.7Z" fill="currentColor" stroke="none"/>',
  pause: '<rect x="6" y="4.5" width="4.2" height="15" rx="1.3" fill="currentColor" stroke="none"/><rect x="13.8" y="4.5" width="4.2" height="15" rx="1.3" fill="currentColor" stroke="none"/>',
  loop: '<path d="M17 3.5 20 6.5l-3 3"/><path d="M4 11.5v-1a4 4 0 0 1 4-4h12"/><path d="m7 20.5-3-3 3-3"/><path d="M20 12.5v1a4 4 0 0 1-4 4H4"/>',
  sound: '<path d="M4 9.5v5h3.2L12 18.5v-13L7.2 9.5Z"/><path d="M15.5 9a4.2 4.2 0 0 1 0 6"/><path d="M18 6.5a8 8 0 0 1 0 11"/>',
  muted: '<path d="M4 9.5v5h3.2L12 18.5v-13L7.2 9.5Z"/><path d="m16 9.5 5 5m0-5-5 5"/>',
  camera: '<rect x="3" y="7" width="12.5" height="10.5" rx="2.2"/><path d="m15.5 11 5.5-3v8.5l-5.5-3"/>',
  notes: '<rect x="4" y="4" width="4" height="9" rx="1.3"/><rect x="10" y="8" width="4" height="6" rx="1.3"/><rect x="16" y="3" width="4" height="12" rx="1.3"/><path d="M3 19.5h18"/>',
  fingers: '<circle cx="12" cy="12" r="8.5"/><path d="m10.2 9.6 2.2-1.4v7.6"/>',
  full: '<path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9m6 0h3.5A1.5 1.5 0 0 1 20 5.5V9m0 6v3.5a1.5 1.5 0 0 1-1.5 1.5H15m-6 0H5.5A1.5 1.5 0 0 1 4 18.500V15"/>',
  help: '<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.8a2.5 2.5 0 1 1 3.6 2.300c-.8.4-1.2.9-1.2 1.7"/><path d="M12 16.600v.1"/>',
  more: '<path d="M4 7h9m5 0h2M4 12h3m5 0h8M4 17h11m5 0h0"/><circle cx="15.5" cy="7" r="2"/><circle cx="9.5" cy="12" r="2"/><circle cx="17.5" cy="17" r="2"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
} as const;

export type Icon = keyof typeof paths;

export function icon(name: Icon): string {
  return `<svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`;
}
