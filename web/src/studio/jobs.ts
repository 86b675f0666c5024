export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** Whether a video's hands are watched or its sound alone is listened to. */
export type VideoUse = 'watch' | 'listen';

/** A job as the server tells it. */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  readonly stage: string;
  readonly progress: number;
  readonly message?: string;
  readonly seconds?: number;
  readonly notes?: number;
  readonly formats: readonly string[];
  readonly hasPage: boolean;
  /** What is done with a video; not there where the upload has no moving pictures. */
  readonly video?: VideoUse;
  /** What was found out, a line a subject. */
  readonly report: readonly string[];
}

/** How large and how long uploads may be, and how they can be played. */
export interface Limits {
  readonly mostBytes: number;
  readonly mostVideoBytes: number;
  readonly mostSeconds: number;
  /** Styles of playing that can be asked for, the usual one first. */
  readonly styles: readonly string[];
}

export const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running';

/** Sends a file; tells how much of it has gone. XMLHttpRequest is what still tells that. */
export function upload(file: File, video: VideoUse, style: string, onProgress: (share: number) => void, cancel: AbortSignal): Promise<Job> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/jobs?name=${encodeURIComponent(file.name)}&video=${video}&style=${encodeURIComponent(style)}`);
    request.setRequestHeader('Content-Type', /^(audio|video)\//.test(file.type) ? file.type : 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status === 201) resolve(request.response as Job);
      else reject(new Error((request.response as { detail?: string } | null)?.detail ?? `The server answered ${request.status}.`));
    };
    request.onerror = () => reject(new Error('The server cannot be reached, or it refused the file.'));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    cancel.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

const tokenKey = 'duomano-token';

/** The token behind the page's address (#token=…), which is taken out of it, or the one of before; kept as long as the tab is open. */
function token(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem(tokenKey, given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(tokenKey);
}

/** Whether the server lets this page in. A token is changed for a cookie, for downloads, frames and event streams send no headers. */
export async function enter(given: string | null = token()): Promise<boolean> {
  if (given) {
    sessionStorage.setItem(tokenKey, given);
    // A header carries only such characters; fetch would fail as if the server were gone.
    const answer = /^[\x21-\x7e]+$/.test(given) ? await fetch('/api/session', { method: 'POST', headers: { Authorization: `Bearer ${given}` } }) : null;
    if (answer?.ok) return true;
    if (answer === null || answer.status === 401) sessionStorage.removeItem(tokenKey);
  }
  return (await fetch('/api/limits')).status !== 401;
}

export async function limits(): Promise<Limits> {
  const response = await fetch('/api/limits');
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()) as Limits;
}

/** Who is told of jobs. */
export interface Listener {
  /** A job as it is now. */
  changed(job: Job): void;
  /** The server no longer knows a job. */
  gone(id: string): void;
  /** The server can be reached; it may be another one than before. */
  connected(): void;
  /** The server cannot be reached. */
  lost(): void;
  /** The server wants a token; calls back when it has one. */
  refused(again: () => void): void;
}

const beforeAgain = 3000;

/** Follows all jobs on one connection: a browser opens only six to a server. */
export async function followAll(listener: Listener): Promise<void> {
  const again = (): void => void followAll(listener);
  try {
    if (!(await enter())) {
      listener.refused(again);
      return;
    }
  } catch {
    listener.lost();
    setTimeout(again, beforeAgain);
    return;
  }
  const events = new EventSource('/api/events');
  const job = (event: Event): Job => JSON.parse((event as MessageEvent<string>).data) as Job;
  events.addEventListener('job', (event) => listener.changed(job(event)));
  events.addEventListener('gone', (event) => listener.gone(job(event).id));
  events.onopen = () => listener.connected();
  events.onerror = () => {
    listener.lost();
    // The browser itself tries again after a break, but not after a refusal.
    if (events.readyState === EventSource.CLOSED) setTimeout(again, beforeAgain);
  };
}

export async function known(): Promise<Job[]> {
  const response = await fetch('/api/jobs');
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()) as Job[];
}

/** Cancels or deletes a job; one that is not there any more is all right. */
export async function remove(id: string): Promise<void> {
  const response = await fetch(`/api/jobs/${id}`, { method: 'DELETE' });
  if (!response.ok && response.status !== 404) throw new Error(`The server answered ${response.status}.`);
}
