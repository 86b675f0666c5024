// node soak.mjs DUOMANO [MINUTES] [PAUSE]
// Starts `duomano serve` as a small team has it (token, kept jobs, access log) and uses it for MINUTES (120), with PAUSE
// seconds (20) between pieces: short and long MIDI files in all styles, sound, broken files, pieces that are cancelled, every
// format downloaded. The log is moved away half way. Memory, threads, handles and stored bytes are shown every five
// minutes and must not grow. After three quarters it is killed at work, later told to end at work, and must
// know and make afterwards what it had been given. Linux; ends with 1 if anything is wrong.
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Server, assert, check, midi, wavOf, wrong } from './server.mjs';

const [, , program, minutes = '120', pauseSeconds = '20'] = process.argv;
if (!program) {
  console.error('node soak.mjs DUOMANO [MINUTES] [PAUSE]');
  process.exit(2);
}

// So few that the oldest has to go now and then.
const mostKept = 6;
const token = 'a-soak-needs-a-token';
const server = new Server(program, [], token);
const log = join(server.folder, 'access.log');
server.kept = join(server.folder, 'jobs');
server.options = ['--keep', server.kept, '--log', log, '--most-kept', String(mostKept)];
const counts = {};
const count = (what) => { counts[what] = (counts[what] ?? 0) + 1; };
const began = Date.now();
const share = () => (Date.now() - began) / 60_000 / Number(minutes);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// Somebody who has the page open all the time.
const told = new Set();
async function watch(signal) {
  for await (const { job } of await server.events(signal)) if (['done', 'failed', 'cancelled'].includes(job.state)) told.add(job.id);
}

async function fetchAll(job) {
  for (const format of job.formats) {
    const answer = await server.fetch(`/api/jobs/${job.id}/files/${format}`);
    const size = (await answer.arrayBuffer()).byteLength;
    assert(answer.status === 200 && size > 20, `${format} of ${job.name}: ${answer.status}, ${size} bytes`);
    count('files');
  }
}

const styles = [undefined, 'person', 'calm', 'neutral', 'virtuoso', 'random'];
const kinds = [
  async (i) => ({ answer: await server.upload(`short ${i}.mid`, midi(8), 'audio/midi', styles[i % styles.length]), ends: 'done' }),
  async (i) => ({ answer: await server.upload(`long ${i}.mid`, midi(200), 'audio/midi', styles[i % styles.length]), ends: 'done' }),
  async (i) => ({ answer: await server.upload(`tone ${i}.wav`, wavOf(10), 'audio/wav'), ends: undefined }),
  async (i) => ({ answer: await server.upload(`broken ${i}.mid`, midi(4).subarray(0, 30)), refused: 422 }),
  async (i) => ({ answer: await server.upload(`picture ${i}.png`, midi(4), 'image/png'), refused: 415 }),
  async (i) => ({ answer: await server.upload(`left ${i}.mid`, midi(1500)), cancels: true }),
];

async function piece(i) {
  const { answer, ends, refused, cancels } = await kinds[i % kinds.length](Math.floor(i / kinds.length));
  if (refused) {
    assert(answer.status === refused, `${answer.status} instead of ${refused}`);
    await answer.arrayBuffer();
    count('refused');
    return;
  }

  assert(answer.status === 201, `${answer.status} ${await answer.clone().text()}`);
  const { id } = await answer.json();
  if (cancels) {
    await pause(500);
    await server.forget(id);
    count('cancelled');
    return;
  }

  const job = await server.ended(id);
  count(job.state);
  assert(ends === undefined || job.state === ends, `${job.name}: ${job.state} ${job.message}`);
  if (job.state === 'done') await fetchAll(job);
  await pause(1000);
  assert(told.has(id), `the open page is not told that ${job.name} ended`);
}

const seen = [];
function look() {
  seen.push({ mib: server.memory(), threads: server.threads(), handles: server.handles(), stored: server.stored() / 2 ** 20 });
  const { mib, threads, handles, stored } = seen.at(-1);
  console.log(`      ${((Date.now() - began) / 60_000).toFixed(0)} min: ${mib.toFixed(0)} MiB, ${threads} threads, ${handles} handles, ${stored.toFixed(1)} MiB stored; ${JSON.stringify(counts)}`);
}

async function again(signal) {
  const finished = (await (await server.fetch('/api/jobs')).json()).filter((job) => job.state === 'done');
  const { id } = await (await server.upload('at work.mid', midi(1000))).json();
  await pause(1500);
  await server.stop(signal);
  await server.start();
  const known = await (await server.fetch('/api/jobs')).json();
  // What was at work may be finished by now, and the oldest have made place for it.
  const gone = finished.filter((job) => !known.some((other) => other.id === job.id && other.state === 'done'));
  assert(gone.length <= Math.max(0, finished.length + 1 - mostKept), `${gone.map((job) => job.name).join()} of ${finished.length} not known any more`);
  if (finished.length > 0) await fetchAll(finished.at(-1));
  const job = await server.ended(id);
  assert(job.state === 'done', `what was worked on: ${job.state} ${job.message}`);
  return `${finished.length - gone.length} of ${finished.length} finished pieces known, the one at work made`;
}

try {
  await server.start();
  const leave = new AbortController();
  const page = watch(leave.signal).catch((error) => error);
  let i = 0;
  await check(`Pieces for ${(0.75 * Number(minutes)).toFixed(0)} minutes`, async () => {
    let next = 0;
    let lines = 0;
    for (; share() < 0.75; i++) {
      await piece(i);
      if (share() >= next) { look(); next += Math.min(0.05, 5 / Number(minutes)); }
      if (lines === 0 && share() > 0.4) {
        lines = readFileSync(log, 'utf8').split('\n').length - 1;
        renameSync(log, `${log}.1`);
        for (const line of readFileSync(`${log}.1`, 'utf8').split('\n')) assert(!line.includes(token), 'the token is in the log');
      }
      await pause(1000 * Number(pauseSeconds));
    }
    const later = readFileSync(log, 'utf8').split('\n').length - 1;
    assert(lines > 0 && later > 0 && lines + later >= server.requests - 2, `${lines} and ${later} lines for ${server.requests} requests`);
    return `${i} pieces, ${server.requests} requests, ${lines} lines in the log and ${later} in the one after it was moved`;
  });
  leave.abort();
  await page;

  await check('Nothing grows', () => {
    const third = Math.floor(seen.length / 3);
    assert(third > 0, 'looked too seldom to tell');
    const [early, late] = [seen.slice(third, 2 * third), seen.slice(2 * third)];
    const told = [];
    for (const [what, slack] of [['mib', 30], ['threads', 5], ['handles', 30], ['stored', 10]]) {
      const [before, after] = [early, late].map((part) => median(part.map((look) => look[what])));
      assert(after < before * 1.1 + slack, `${what}: ${before.toFixed(0)}, later ${after.toFixed(0)}`);
      told.push(`${what} ${before.toFixed(0)} and ${after.toFixed(0)}`);
    }
    return `medians of the second and the last third: ${told.join(', ')}`;
  });
  await check('Killed at work', () => again('SIGKILL'));
  await check(`Pieces for ${(0.2 * Number(minutes)).toFixed(0)} minutes more`, async () => {
    const more = new AbortController();
    const open = watch(more.signal).catch((error) => error);
    const first = i;
    for (; share() < 0.95; i++) {
      await piece(i);
      await pause(1000 * Number(pauseSeconds));
    }
    more.abort();
    await open;
    look();
    return `${i - first} pieces`;
  });
  await check('Told to end at work', () => again('SIGTERM'));
} finally {
  await server.end();
}

process.exit(wrong() ? 1 : 0);
