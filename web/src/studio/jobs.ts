export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

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
}

export const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running';

/** Sends a file; tells how much of it has gone. XMLHttpRequest is what still tells that. */
export function upload(file: File, onProgress: (share: number) => void, cancel: AbortSignal): Promise<Job> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/jobs?name=${encodeURIComponent(file.name)}`);
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

/** Follows a job until it is over. */
export function follow(id: string, onChange: (job: Job) => void): void {
  const events = new EventSource(`/api/jobs/${id}/events`);
  events.addEventListener('job', (event) => {
    const job = JSON.parse((event as MessageEvent<string>).data) as Job;
    if (isOver(job)) events.close();
    onChange(job);
  });
}

export async function known(): Promise<Job[]> {
  const response = await fetch('/api/jobs');
  return response.ok ? ((await response.json()) as Job[]) : [];
}

export async function remove(id: string): Promise<void> {
  await fetch(`/api/jobs/${id}`, { method: 'DELETE' });
}
