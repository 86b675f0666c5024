// A `duomano serve` of its own in a folder of its own, and what it is treated with. Linux.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that can be started again. */
export class Server {
  /**
   * @param program duomano or duomano.dll
   * @param options what else it is started with
   * @param token what it asks for, if anything
   */
  constructor(program, options = [], token = undefined) {
    this.command = program.endsWith('.dll') ? ['dotnet', program] : [program];
    this.folder = mkdtempSync(join(tmpdir(), 'duomano-serve-'));
    this.options = options;
    this.token = token;
    this.requests = 0;
    this.kept = join(this.folder, `duomano-serve-${userInfo().username}`);
  }

  async start() {
    this.process = this.spawn(['--port', '0', ...this.options], ['ignore', 'pipe', 'pipe']);
    let said = '';
    this.process.stderr.on('data', (part) => { said = (said + part).slice(-2000); });
    const [line] = await Promise.race([once(this.process.stdout, 'data'), once(this.process, 'exit').then(() => { throw new Error(`it does not start: ${said.trim()}`); })]);
    this.url = String(line).trim();
  }

  spawn(options, stdio) {
    const env = { ...process.env, TMPDIR: this.folder, ...(this.token ? { DUOMANO_TOKEN: this.token } : {}) };
    return spawn(this.command[0], [...this.command.slice(1), 'serve', ...options], { env, stdio });
  }

  async stop(signal) {
    this.process.kill(signal);
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
  }

  async end() {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Open files, sockets included. */
  handles() { return readdirSync(`/proc/${this.process.pid}/fd`).length; }

  /** MiB in memory. */
  memory() { return this.status('VmRSS') / 1024; }

  threads() { return this.status('Threads'); }

  status(name) { return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))[1]); }

  /** All that it has stored; a folder may go while it is looked at. */
  files() {
    for (;;) {
      try {
        const found = readdirSync(this.kept, { recursive: true, withFileTypes: true });
        return found.filter((entry) => entry.isFile() && entry.name !== 'lock').map((entry) => join(entry.parentPath, entry.name));
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
    }
  }

  /** Bytes of what it has stored. */
  stored() { return this.files().reduce((sum, file) => { try { return sum + statSync(file).size; } catch { return sum; } }, 0); }

  fetch(path, options = {}) {
    this.requests++;
    const headers = { ...options.headers, ...(this.token ? { authorization: `Bearer ${this.token}` } : {}) };
    return fetch(this.url + path, { ...options, headers });
  }

  upload(name, body = midi(8), type = 'audio/midi', style = undefined) {
    return this.fetch(`/api/jobs?name=${encodeURIComponent(name)}${style ? `&style=${style}` : ''}`, { method: 'POST', headers: { 'content-type': type }, body });
  }

  /** What the server tells of all jobs (`job`, `gone`) from now on, until the signal ends it. */
  async events(signal) { return eventsOf((await this.fetch('/api/events', { signal })).body.pipeThrough(new TextDecoderStream())); }

  async look(id) { return (await this.fetch(`/api/jobs/${id}`)).json(); }

  forget(id) { return this.fetch(`/api/jobs/${id}`, { method: 'DELETE' }); }

  async ended(id) {
    for (let i = 0; i < 12_000; i++) {
      const job = await this.look(id);
      if (!['queued', 'running'].includes(job.state)) return job;
      await pause(50);
    }
    throw new Error(`never: ${id} ends`);
  }
}

async function* eventsOf(stream) {
  let text = '';
  for await (const part of stream) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      yield { what: /event: (\w+)/.exec(event)[1], job: JSON.parse(/data: (.*)/.exec(event)[1]) };
    }
  }
}

/** A MIDI file of a few notes, or of many. */
export function midi(count, step = 60) {
  const track = [];
  for (let i = 0; i < count; i++) track.push(0, 0x90, 48 + ((i * 7) % 30), 80, step, 0x80, 48 + ((i * 7) % 30), 0);
  track.push(0, 0xff, 0x2f, 0);
  const head = Buffer.from([0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, 0x4d, 0x54, 0x72, 0x6b, 0, 0, 0, 0]);
  head.writeUInt32BE(track.length, 18);
  return Buffer.concat([head, Buffer.from(track)]);
}

/** A WAV file of a second or more of a tone. */
export function wavOf(seconds) {
  const bytes = Buffer.alloc(44 + seconds * 32000);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  for (const [at, value] of [[16, 16], [24, 16000], [28, 32000], [40, bytes.length - 44]]) bytes.writeUInt32LE(value, at);
  for (const [at, value] of [[20, 1], [22, 1], [32, 2], [34, 16]]) bytes.writeUInt16LE(value, at);
  bytes.write('data', 36, 'latin1');
  for (let i = 0; i < seconds * 16000; i++) bytes.writeInt16LE(Math.round(8000 * Math.sin(i / 6)), 44 + i * 2);
  return bytes;
}

export async function until(condition, what) {
  for (let i = 0; i < 1200; i++) {
    if (await condition()) return;
    await pause(100);
  }
  throw new Error(`never: ${what}`);
}

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

let failed = 0;

/** Runs a part and says how it went. */
export async function check(name, run) {
  try {
    console.log(`ok    ${name}: ${await run()}`);
  } catch (error) {
    failed++;
    console.log(`WRONG ${name}: ${error.message}`);
  }
}

/** How many parts went wrong. */
export const wrong = () => failed;
