import './studio.css';
import { button, clock, element } from '../player/ui/dom';
import { icon } from '../player/ui/icons';
import { enter, followAll, isOver, type Job, known, type Limits, limits, remove, upload, type VideoUse } from './jobs';

// What most people want, and what other programs read.
const forPeople: Record<string, string> = { html: 'Web page', mp4: 'Video', png: 'Picture', mid: 'Notes', glb: '3D scene' };
const forPrograms: Record<string, string> = { bvh: 'Skeletons', npz: 'Arrays', json: 'Annotation', csv: 'Table', tsv: 'Fingering' };

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

const mebibyte = 2 ** 20;

const size = (bytes: number): string => bytes >= 1024 * mebibyte ? `${Math.floor(bytes / mebibyte / 102.4) / 10} GiB` : `${Math.floor(bytes / mebibyte)} MiB`;

/** One piece in the list, from its upload on. */
class Card {
  readonly element = element('li', { class: 'card' });
  readonly #name = element('strong', { class: 'name' });
  readonly #state = element('span', { class: 'state' });
  readonly #bar = element('progress', { max: '1' });
  readonly #actions = element('div', { class: 'actions' });
  readonly #drop: HTMLButtonElement;
  readonly #cancel = new AbortController();
  #job: Job | null = null;
  #file: File | null = null;

  constructor(name: string) {
    this.#name.textContent = name;
    this.#drop = button({ class: 'icon', html: icon('close') }, () => void this.#discard());
    this.element.append(element('div', { class: 'head' }, element('div', { class: 'what' }, this.#name, this.#state), this.#drop), this.#bar, this.#actions);
    this.#label('Cancel');
  }

  /** Sends a file; gives the job that it became, or null. */
  async send(file: File, video: VideoUse): Promise<Job | null> {
    this.#file = file;
    const largest = allowed && (file.type.startsWith('audio/') ? allowed.mostBytes : allowed.mostVideoBytes);
    if (largest && file.size > largest) {
      this.#fail(`The file is larger than ${size(largest)}, the most this server takes.`);
      return null;
    }
    this.#tell('uploading', 0);
    try {
      return await upload(file, video, manner.value, (share) => this.#tell('uploading', share), this.#cancel.signal);
    } catch (error) {
      if ((error as Error).name === 'AbortError') this.element.remove();
      else this.#fail((error as Error).message);
      return null;
    }
  }

  show(job: Job): void {
    const before = this.#job;
    this.#job = job;
    this.#name.textContent = job.name;
    this.#name.title = job.name;
    if (job.state === 'cancelled') this.element.remove();
    else if (job.state === 'failed') this.#fail(job.message ?? 'It could not be made.');
    else if (job.state !== 'done') this.#tell(job.stage, job.state === 'queued' ? null : job.progress);
    else if (before?.state !== 'done') this.#finish(job);
  }

  /** Says that nobody knows how far the work is. */
  wait(): void {
    if (this.#job && !isOver(this.#job)) this.#tell('waiting for the server', null);
  }

  #tell(stage: string, share: number | null): void {
    this.#state.textContent = stage;
    if (share === null) this.#bar.removeAttribute('value');
    else this.#bar.value = share;
    this.#bar.setAttribute('aria-label', `${this.#name.textContent}: ${stage}`);
  }

  #fail(message: string): void {
    this.element.classList.add('failed');
    this.#state.textContent = message;
    this.#state.setAttribute('role', 'alert');
    this.#bar.remove();
    this.#label('Remove from the list');
    if (this.#job?.video === 'watch' && this.#actions.children.length === 0) this.#offerListening(this.#file);
  }

  #offerListening(file: File | null): void {
    const again = file
      ? button({ class: 'again', html: 'Listen to its sound only' }, () => {
        void this.#discard();
        void take([file], 'listen');
      })
      : null;
    this.#actions.append(element('p', { class: 'hint' }, `Its hands cannot be watched, but its sound may still be listened to${again ? '.' : `: choose “${uses.listen}” and drop it again.`}`), ...(again ? [again] : []));
  }

  #finish(job: Job): void {
    this.#bar.remove();
    const notes = job.notes ?? 0;
    this.#state.textContent = `${job.video === 'watch' ? 'watched · ' : ''}${clock(job.seconds ?? 0)} · ${notes > 0 ? count(notes, 'note') : 'no notes heard'}`;
    this.#label('Delete');
    this.element.classList.add('done');
    if (notes === 0) this.#actions.append(element('p', { class: 'hint' }, job.video === 'watch'
      ? 'No piano was heard in it, so the hands move as they were seen, but nobody knows which notes they play.'
      : 'No piano was heard in it, so the hands rest. It works best with a recording of one piano alone, near the microphone.'));
    if (job.hasPage) this.#actions.append(button({ class: 'watch', 'aria-label': `Watch ${job.name}`, html: `${icon('play')}Watch` }, () => watch(job)));
    this.#actions.append(this.#files(job, forPeople));
    const others = this.#files(job, forPrograms);
    if (others.children.length > 0) this.#actions.append(element('details', {}, element('summary', {}, 'For other programs'), others));
    if (job.report.length > 0) this.#actions.append(element('details', {}, element('summary', {}, 'What was seen'), report(job.report)));
    if (job.hasPage && !document.querySelector('.viewer iframe')) watch(job);
  }

  #files(job: Job, names: Record<string, string>): HTMLElement {
    const files = element('div', { class: 'files' });
    for (const format of Object.keys(names).filter((name) => job.formats.includes(name))) {
      files.append(element('a', { href: `/api/jobs/${job.id}/files/${format}`, download: '', title: `Save as .${format}` }, names[format]!));
    }
    return files;
  }

  #label(text: string): void {
    this.#drop.setAttribute('aria-label', `${text}: ${this.#name.textContent}`);
    this.#drop.title = text;
  }

  async #discard(): Promise<void> {
    this.#cancel.abort();
    try {
      if (this.#job) await remove(this.#job.id);
    } catch {
      lost();
      return;
    }
    if (!this.#job || isOver(this.#job)) this.element.remove();
  }
}

// Lines such as "left hand: seen in 98 % of the frames".
function report(lines: readonly string[]): HTMLElement {
  const told = element('dl', { class: 'report' });
  for (const line of lines) {
    const colon = line.indexOf(': ');
    told.append(element('dt', {}, line.slice(0, colon)), element('dd', {}, line.slice(colon + 2)));
  }
  return told;
}

const list = element('ul', { class: 'list', 'aria-label': 'Pieces' });
const viewer = element('section', { class: 'viewer', 'aria-label': 'Hands' });
const trouble = element('p', { class: 'trouble', role: 'status', hidden: '' });
const pick = element('input', { type: 'file', accept: 'audio/*,video/*,.mkv,.mid,.midi,.kar,.musicxml,.mxl', multiple: '', class: 'pick', id: 'pick' });
const zone = element('label', { class: 'zone', for: 'pick' },
  element('span', { class: 'big' }, 'Drop music or a video here'),
  element('span', { class: 'quiet' }, 'or choose a file: MIDI, a score, a recording of one piano, or a video of a pianist from above'),
  pick);
const most = element('p', { class: 'quiet limits' });

const uses: Record<VideoUse, string> = { watch: 'Watch the hands', listen: 'Listen to the sound only' };
const use = (value: VideoUse): HTMLInputElement => element('input', { type: 'radio', name: 'video', value, ...(value === 'watch' ? { checked: '' } : {}) });
const listening = use('listen');
const choice = element('fieldset', { class: 'choice' }, element('legend', {}, 'With a video'),
  element('label', {}, use('watch'), element('span', {}, uses.watch)),
  element('label', {}, listening, element('span', {}, uses.listen)));

// How music is played, where the server has more than one style; it tells which.
const manner = element('select', { id: 'style' });
const styles = element('p', { class: 'choice', hidden: '' }, element('label', { for: 'style' }, 'Played by or as'), manner);

// What the server takes, as soon as it has said so.
let allowed: Limits | null = null;

const cards = new Map<string, Card>();

// While files are being sent, the stream may tell of their jobs before the answers arrive.
let sending = 0;
const early = new Map<string, Job>();

function watch(job: Job): void {
  const frame = element('iframe', { src: `/api/jobs/${job.id}/page`, title: `Two hands playing ${job.name}`, sandbox: 'allow-scripts', allow: 'fullscreen; autoplay' });
  viewer.replaceChildren(frame);
  document.body.classList.add('watching');
  viewer.scrollIntoView({ block: 'nearest' });
}

async function take(files: Iterable<File>, video: VideoUse = listening.checked ? 'listen' : 'watch'): Promise<void> {
  await Promise.all(Array.from(files, async (file) => {
    const card = new Card(file.name);
    list.append(card.element);
    card.element.scrollIntoView({ block: 'nearest' });
    sending++;
    const job = await card.send(file, video);
    sending--;
    if (job) {
      cards.set(job.id, card);
      card.show(early.get(job.id) ?? job);
      early.delete(job.id);
    }
    if (sending > 0) return;
    for (const other of early.values()) changed(other);
    early.clear();
  }));
}

function changed(job: Job): void {
  let card = cards.get(job.id);
  if (!card && sending > 0) {
    early.set(job.id, job);
    return;
  }
  if (!card) {
    if (job.state === 'cancelled') return;
    card = new Card(job.name);
    cards.set(job.id, card);
    list.append(card.element);
  }
  card.show(job);
}

function gone(id: string): void {
  early.delete(id);
  cards.get(id)?.element.remove();
  cards.delete(id);
}

function say(text: string): void {
  trouble.textContent = text;
  trouble.hidden = text.length === 0;
}

function lost(): void {
  say('The server cannot be reached. Trying again …');
  for (const card of cards.values()) card.wait();
}

async function tellLimits(): Promise<void> {
  try {
    allowed = await limits();
    most.textContent = `Up to ${count(Math.floor(allowed.mostSeconds / 60), 'minute')} and ${size(allowed.mostBytes)}, videos up to ${size(allowed.mostVideoBytes)}.`;
    const chosen = manner.value;
    manner.replaceChildren(...allowed.styles.map((style) => element('option', { value: style, ...(style === chosen ? { selected: '' } : {}) }, style)));
    styles.hidden = allowed.styles.length < 2;
  } catch {
    most.textContent = '';
  }
}

// A server that was started again knows none of the pieces.
async function connected(): Promise<void> {
  const before = [...cards.keys()];
  try {
    const now = new Set((await known()).map((job) => job.id));
    const forgotten = before.filter((id) => !now.has(id));
    forgotten.forEach(gone);
    say(forgotten.length > 0 ? `The server was started again and has forgotten ${count(forgotten.length, 'piece')}.` : '');
  } catch {
    lost();
  }
  document.documentElement.dataset['state'] = 'ready';
  await tellLimits();
}

const key = element('input', { type: 'password', id: 'token', autocomplete: 'current-password', required: '' });
const door = element('form', { class: 'door', hidden: '' }, element('label', { for: 'token' }, 'This server wants its token. Whoever runs it knows it.'), key, button({ class: 'again', type: 'submit', html: 'Enter' }, () => {}));

// Asks for the token until the server takes it.
function refused(again: () => void): void {
  say('');
  give.hidden = true;
  door.hidden = false;
  document.documentElement.dataset['state'] = 'refused';
  key.focus();
  door.onsubmit = async (event) => {
    event.preventDefault();
    try {
      if (!(await enter(key.value.trim()))) {
        say('That is not the token.');
        key.select();
        return;
      }
    } catch {
      lost();
      return;
    }
    say('');
    key.value = '';
    door.hidden = true;
    give.hidden = false;
    again();
  };
}

pick.addEventListener('change', () => {
  void take(pick.files ?? []);
  pick.value = '';
});
// The stream would find out by itself, but later.
addEventListener('online', () => void connected());
let inside = 0;
document.addEventListener('dragenter', () => zone.classList.toggle('over', ++inside > 0));
document.addEventListener('dragleave', () => zone.classList.toggle('over', --inside > 0));
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  inside = 0;
  zone.classList.remove('over');
  void take(event.dataTransfer?.files ?? []);
});

const give = element('div', { class: 'give' }, zone, choice, styles, most);
document.getElementById('app')!.append(
  element('main', { class: 'side' },
    element('header', {}, element('h1', {}, 'Duomano'), element('p', { class: 'quiet' }, 'Piano music in, two playing hands out.')),
    give, door, trouble, list,
    element('footer', { class: 'quiet' }, 'What you drop stays on the computer that runs this page. ', element('a', { href: '/openapi/v1.json' }, 'For programmers'))),
  viewer);
viewer.append(element('p', { class: 'empty quiet' }, 'The hands appear here.'));
void followAll({ changed, gone, connected: () => void connected(), lost, refused });
