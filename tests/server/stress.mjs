// node stress.mjs DUOMANO [JOBS]
// Starts `duomano serve` and treats it badly: a hundred uploads at once, other types, a body of 2 GB, names with folders,
// clients that leave while they send and while they fetch or send slowly, playlists, wrong names, cancelling, JOBS pieces (200) one after the other while its
// memory is watched, and a kill in the middle of the work. DUOMANO is the program or duomano.dll. Linux; ends with 1 if
// anything is wrong.
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Server, assert, check, midi, until, wavOf, wrong } from './server.mjs';

const [, , program, jobs = '200'] = process.argv;
if (!program) {
  console.error('node stress.mjs DUOMANO [JOBS]');
  process.exit(2);
}

// One client stands for many.
const server = new Server(program, ['--most-each', '100', '--most-requests', '1000000']);

// A request that is sent bit by bit and may be left.
function slow(path, length) {
  const { hostname, port } = new URL(server.url);
  const headers = { 'content-type': 'audio/wav', ...(length ? { 'content-length': length } : { 'transfer-encoding': 'chunked' }) };
  return http.request({ hostname: hostname.replace(/[[\]]/g, ''), port, path, method: 'POST', headers });
}

// Long enough for its kind to be told.
const wav = Buffer.concat([Buffer.from('RIFF\xff\xff\xff\xffWAVEfmt ', 'latin1'), Buffer.alloc(8192)]);
try {
  await server.start();

  await check('A hundred uploads at once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => server.upload(`piece ${i}.mid`)));
    const taken = answers.filter((answer) => answer.status === 201);
    assert(answers.every((answer) => answer.status === 201 || (answer.status === 503 && answer.headers.has('retry-after'))), answers.map((answer) => answer.status).join());
    const done = await Promise.all(taken.map(async (answer) => server.ended((await answer.json()).id)));
    assert(done.every((job) => job.state === 'done'), done.map((job) => job.state).join());
    for (const job of done) await server.forget(job.id);
    return `${taken.length} taken and done, ${100 - taken.length} told to come back`;
  });

  await check('Playlists behind a tag', async () => {
    const secret = join(server.folder, 'secret.wav');
    writeFileSync(secret, wavOf(1));
    const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x0a', 'latin1'), Buffer.alloc(10)]);
    const told = [];
    for (const text of [`ffconcat version 1.0\nfile ${secret}\n`, `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${secret}\n#EXT-X-ENDLIST\n`]) {
      const job = await server.ended((await (await server.upload('x.mp3', Buffer.concat([tag, Buffer.from(text)]), 'audio/mpeg')).json()).id);
      assert(job.state === 'failed', `${job.state}: another file was opened`);
      assert(!job.message.includes(server.folder), job.message);
      told.push(job.message);
      await server.forget(job.id);
    }
    return told[0];
  });

  await check('Other types and what only claims to be music', async () => {
    const statuses = [];
    for (const [type, body] of [['text/html', midi(2)], ['image/png', midi(2)], ['audio/midi', Buffer.from('<svg>')], ['audio/wav', Buffer.from('MZ')], ['audio/midi', Buffer.alloc(0)]]) statuses.push((await server.upload('x', body, type)).status);
    assert(statuses.every((status) => status === 415), statuses.join());
    const broken = (await server.upload('x.mid', midi(4).subarray(0, 30))).status;
    assert(broken === 422, `a broken file got ${broken}`);
    return `${statuses.join(' ')} ${broken}`;
  });

  await check('A body of 2 GB', async () => {
    const told = slow('/api/jobs', 2 ** 31);
    told.on('error', () => {});
    const answer = once(told, 'response');
    told.flushHeaders();
    const refused = (await answer)[0].statusCode;
    told.destroy();
    assert(refused === 413, `an announced one got ${refused}`);

    const request = slow('/api/jobs');
    let status = 0;
    let over = false;
    request.on('response', (response) => { status = response.statusCode; response.resume(); over = true; });
    request.on('error', () => { over = true; });
    let sent = 0;
    let most = 0;
    const piece = Buffer.alloc(1 << 20);
    request.write(wav);
    while (!over && sent < 2 ** 31) {
      if (!request.write(piece)) await Promise.race([once(request, 'drain').catch(() => {}), pause(1000)]);
      sent += piece.length;
      if ((sent >> 20) % 16 === 0) most = Math.max(most, server.stored());
    }

    request.destroy();
    assert(status === 413 || status === 0, `one of unknown length got ${status}`);
    assert(most <= 201 * 2 ** 20, `${most} bytes were stored`);
    await until(() => server.files().length === 0, 'its file is deleted');
    return `announced: ${refused}; of unknown length: cut off after ${sent >> 20} MiB (${status || 'closed'}), at most ${most >> 20} MiB stored`;
  });

  await check('Names with folders', async () => {
    const shown = [];
    for (const name of ['../../etc/passwd', '..\\..\\x.mid', '/etc/shadow', 'a\u0000b.mid', '%2e%2e/%2e%2e/y']) {
      const answer = await server.upload(name);
      const job = await answer.json();
      shown.push(job.name);
      assert(answer.status === 201 && !/[\\/\u0000]/.test(job.name), `${name} became ${job.name}`);
      await server.ended(job.id);
      await server.forget(job.id);
    }
    for (const path of ['/api/jobs/..%2f..%2fetc/files/mid', '/api/jobs/../../etc/passwd', '/api/jobs/x/files/..%2f..%2fx']) assert((await server.fetch(path)).status === 404, path);
    return shown.join(', ');
  });

  await check('Fifty who leave while they send', async () => {
    await Promise.all(Array.from({ length: 50 }, async () => {
      const request = slow('/api/jobs', 50_000_000);
      request.on('error', () => {});
      request.write(wav);
      request.write(Buffer.alloc(100_000));
      await pause(300);
      request.destroy();
    }));
    await until(() => server.files().length === 0, 'what they sent is deleted');
    const job = await (await server.upload('after.mid')).json();
    assert((await server.ended(job.id)).state === 'done', 'the next one is not done');
    await server.forget(job.id);
    return 'nothing left, the next piece is made';
  });

  await check('Fifty who leave while they fetch', async () => {
    const job = await server.ended((await (await server.upload('fetched.mid', midi(60))).json()).id);
    await Promise.all(Array.from({ length: 50 }, async (_, i) => {
      const leave = new AbortController();
      const answer = server.fetch(`/api/jobs/${job.id}/files/${['glb', 'csv', 'npz', 'bvh'][i % 4]}`, { signal: leave.signal }).then((response) => response.body.getReader().read());
      await pause(i * 5);
      leave.abort();
      await answer.catch(() => {});
    }));
    const size = (await (await server.fetch(`/api/jobs/${job.id}/files/glb`)).arrayBuffer()).byteLength;
    assert(size > 10_000, `${size} bytes`);
    await server.forget(job.id);
    await until(() => server.files().length === 0, 'its files are deleted');
    return 'the file is whole for the next one';
  });

  await check('Sixteen who send slowly', async () => {
    const slowly = Array.from({ length: 16 }, () => {
      const request = slow('/api/jobs', 50_000_000);
      request.on('error', () => {});
      request.write(wav);
      return request;
    });
    await until(() => server.files().length >= slowly.length, 'they have begun');
    const job = await (await server.upload('quick.mid')).json();
    assert((await server.ended(job.id)).state === 'done', 'the quick one has to wait');
    await server.forget(job.id);
    const [answer] = await once(slowly[0], 'response');
    for (const request of slowly) request.destroy();
    assert(answer.statusCode === 408, `the slow ones got ${answer.statusCode}`);
    await until(() => server.files().length === 0, 'what they sent is deleted');
    return 'another one is made meanwhile, and they are told 408';
  });

  await check('More notes than are worked on', async () => {
    const answer = await server.upload('black.mid', midi(300_000, 1));
    const told = await answer.text();
    assert(answer.status === 422, `it got ${answer.status} ${told}`);
    return JSON.parse(told).detail;
  });

  await check('Other names for the server', async () => {
    const { port } = new URL(server.url);
    const request = http.request({ hostname: '127.0.0.1', port, path: '/', headers: { host: 'evil.example' } });
    request.end();
    const [answer] = await once(request, 'response');
    const text = (await answer.toArray()).join('');
    assert(answer.statusCode === 400 && text.includes('--host'), `${answer.statusCode} ${text}`);
    return 'refused, and it is said how a name is let in';
  });

  await check('A second one on the same port', async () => {
    const second = server.spawn(['--port', new URL(server.url).port]);
    const said = (await second.stderr.toArray()).join('').trim();
    assert(said.split('\n').length === 1 && said.includes('already'), said);
    return said;
  });

  await check('Ten pieces on one stream', async () => {
    const leave = new AbortController();
    const events = await server.events(leave.signal);
    for (let i = 0; i < 10; i++) await server.upload(`${i}.mid`);
    const gone = new Set();
    const asked = new Set();
    for await (const { what, job } of events) {
      if (what === 'gone') gone.add(job.id);
      else if (job.state === 'done' && !asked.has(job.id)) { asked.add(job.id); await server.forget(job.id); }
      if (gone.size === 10) break;
    }
    leave.abort();
    return 'all are told of, and that they go';
  });

  await check('Progress never runs backwards and is whole at the end only', async () => {
    const { id } = await (await server.upload('told.mid', midi(300))).json();
    const shares = [];
    for (let i = 0; i < 12_000; i++) {
      const job = await server.look(id);
      shares.push(job.progress);
      if (!['queued', 'running'].includes(job.state)) break;
      assert(job.progress < 1, 'all is done before it is');
      await pause(20);
    }
    await server.forget(id);
    assert(shares.every((share, i) => i === 0 || share >= shares[i - 1]) && shares.at(-1) === 1, shares.join(' '));
    return `${new Set(shares).size} values`;
  });

  await check('Cancelling a long piece', async () => {
    const { id } = await (await server.upload('long.mid', midi(3000))).json();
    await until(async () => (await server.look(id)).progress > 0.9 || (await server.look(id)).state !== 'running', 'it reaches the refinement');
    const before = performance.now();
    await server.forget(id);
    await until(async () => (await server.fetch(`/api/jobs/${id}`)).status === 404, 'it is forgotten');
    return `${((performance.now() - before) / 1000).toFixed(1)} s from asking to the end`;
  });

  await check(`${jobs} pieces one after the other`, async () => {
    const marks = new Set([0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.ceil(share * Number(jobs))));
    const seen = [];
    for (let done = 1; done <= Number(jobs); done++) {
      const job = await server.ended((await (await server.upload(`${done}.mid`)).json()).id);
      assert(job.state === 'done', job.message);
      await (await server.fetch(`/api/jobs/${job.id}/files/glb`)).arrayBuffer();
      await server.forget(job.id);
      if (marks.has(done)) seen.push([done, server.memory(), server.handles()]);
    }
    assert(seen.at(-1)[1] < seen[0][1] * 1.1 + 30, `memory grew: ${seen.map(([done, mib]) => `${mib.toFixed(0)} MiB after ${done}`).join(', ')}`);
    assert(seen.at(-1)[2] < seen[0][2] + 30, `handles grew: ${seen.map(([done, , open]) => `${open} after ${done}`).join(', ')}`);
    await until(() => server.files().length === 0, 'all files are deleted');
    return seen.map(([done, mib, open]) => `${mib.toFixed(0)} MiB and ${open} handles after ${done}`).join(', ');
  });

  await check('Killed at work', async () => {
    await server.upload('long.mid', midi(3000));
    await until(() => server.files().length > 0, 'its file is stored');
    await server.stop('SIGKILL');
    const left = server.files().length;
    await server.start();
    assert(left > 0 && server.files().length === 0, `${server.files().length} of ${left} files are left`);
    assert((await server.fetch('/health')).status === 200, 'it is not healthy');
    await server.stop('SIGTERM');
    assert(server.files().length === 0, 'files are left at its end');
    return `${left} file left by the kill, none after the next start`;
  });
} finally {
  await server.end();
}

process.exit(wrong() ? 1 : 0);
