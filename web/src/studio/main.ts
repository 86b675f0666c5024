import './studio.css';
import { button, clock, element } from '../player/ui/dom';
import { icon } from '../player/ui/icons';
import { follow, isOver, type Job, known, remove, upload } from './jobs';

const formatNames: Record<string, string> = {
  html: 'Page', glb: 'Scene', bvh: 'Skeletons', npz: 'Arrays', json: 'Annotation', csv: 'Table', mid: 'Notes', png: 'Picture', mp4: 'Video',
};

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

  constructor(name: string) {
    this.#name.textContent = name;
    this.#drop = button({ class: 'icon', html: icon('close') }, () => void this.#discard());
    this.element.append(element('div', { class: 'head' }, element('div', { class: 'what' }, this.#name, this.#state), this.#drop), this.#bar, this.#actions);
    this.#label('Cancel');
  }

  async send(file: File): Promise<void> {
    this.#tell('uploading', 0);
    try {
      const job = await upload(file, (share) => this.#tell('uploading', share), this.#cancel.signal);
      this.show(job);
      follow(job.id, (changed) => this.show(changed));
    } catch (error) {
      if ((error as Error).name === 'AbortError') this.element.remove();
      else this.#fail((error as Error).message);
    }
  }

  show(job: Job): void {
    const before = this.#job;
    this.#job = job;
    this.#name.textContent = job.name;
    if (job.state === 'cancelled') this.element.remove();
    else if (job.state === 'failed') this.#fail(job.message ?? 'It could not be made.');
    else if (job.state !== 'done') this.#tell(job.stage, job.state === 'queued' ? null : job.progress);
    else if (before?.state !== 'done') this.#finish(job);
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
  }

  #finish(job: Job): void {
    this.#bar.remove();
    this.#state.textContent = `${clock(job.seconds ?? 0)} · ${job.notes ?? 0} notes`;
    this.#label('Delete');
    this.element.classList.add('done');
    if (job.hasPage) this.#actions.append(button({ class: 'watch', html: `${icon('play')}Watch` }, () => watch(job)));
    const files = element('div', { class: 'files' });
    for (const format of job.formats) {
      files.append(element('a', { href: `/api/jobs/${job.id}/files/${format}`, download: '', title: formatNames[format] ?? '' }, `.${format}`));
    }
    this.#actions.append(files);
    if (job.hasPage && !document.querySelector('.viewer iframe')) watch(job);
  }

  #label(text: string): void {
    this.#drop.setAttribute('aria-label', `${text}: ${this.#name.textContent}`);
    this.#drop.title = text;
  }

  async #discard(): Promise<void> {
    this.#cancel.abort();
    if (this.#job) await remove(this.#job.id);
    if (!this.#job || isOver(this.#job)) this.element.remove();
  }
}

const list = element('ul', { class: 'list', 'aria-label': 'Pieces' });
const viewer = element('section', { class: 'viewer', 'aria-label': 'Hands' });
const pick = element('input', { type: 'file', accept: 'audio/*,video/*,.mid,.midi,.kar', multiple: '', class: 'pick', id: 'pick' });
const zone = element('label', { class: 'zone', for: 'pick' },
  element('span', { class: 'big' }, 'Drop music here'),
  element('span', { class: 'quiet' }, 'or choose a file: MIDI, or a recording of one piano'),
  pick);

function watch(job: Job): void {
  const frame = element('iframe', { src: `/api/jobs/${job.id}/page`, title: `Two hands playing ${job.name}`, sandbox: 'allow-scripts', allow: 'fullscreen; autoplay' });
  viewer.replaceChildren(frame);
  document.body.classList.add('watching');
  viewer.scrollIntoView({ block: 'nearest' });
}

function take(files: Iterable<File>): void {
  for (const file of files) {
    const card = new Card(file.name);
    list.prepend(card.element);
    void card.send(file);
  }
}

pick.addEventListener('change', () => {
  take(pick.files ?? []);
  pick.value = '';
});
let inside = 0;
document.addEventListener('dragenter', () => zone.classList.toggle('over', ++inside > 0));
document.addEventListener('dragleave', () => zone.classList.toggle('over', --inside > 0));
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  inside = 0;
  zone.classList.remove('over');
  take(event.dataTransfer?.files ?? []);
});

document.getElementById('app')!.append(
  element('aside', { class: 'side' },
    element('header', {}, element('h1', {}, 'Duomano'), element('p', { class: 'quiet' }, 'Piano music in, two playing hands out.')),
    zone, list,
    element('footer', { class: 'quiet' }, 'What you drop stays on the computer that runs this page. ', element('a', { href: '/openapi/v1.json' }, 'Interface'))),
  viewer);
viewer.append(element('p', { class: 'empty quiet' }, 'The hands appear here.'));

for (const job of await known()) {
  const card = new Card(job.name);
  list.append(card.element);
  card.show(job);
  if (!isOver(job)) follow(job.id, (changed) => card.show(changed));
}
document.documentElement.dataset['state'] = 'ready';
