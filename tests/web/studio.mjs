// node studio.mjs URL MUSIC BROKEN FILM: checks the page of the server; BROKEN is a file it refuses, FILM a video without hands.
import { readFileSync } from 'node:fs';
import { assert, audit, Checks, launch } from './browser.mjs';

const [, , url, music, broken, film] = process.argv;
const checks = new Checks();
const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: 1100, height: 700 } })).newPage();
const problems = [];
const requests = [];
page.on('console', (message) => message.type() === 'error' && !message.text().includes('422') && problems.push(message.text()));
page.on('pageerror', (error) => problems.push(String(error)));
page.on('request', (request) => requests.push(request.url()));

await checks.check('The page opens', async () => {
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.state === 'ready');
  assert(await page.getByText('Drop music or a video here').isVisible(), 'nothing to drop music on');
  await page.getByText('Up to 30 minutes and 200 MiB, videos up to 2 GiB.').waitFor();
});

await checks.check('A chosen file becomes a piece with its hands and files', async () => {
  await page.setInputFiles('#pick', music);
  await page.waitForSelector('.card.done');
  assert((await page.locator('.card .name').first().textContent()) === 'Piece: A piece', await page.locator('.card .name').first().textContent());
  const links = await page.locator('.card .files a').evaluateAll((all) => all.map((link) => link.textContent));
  assert(links.join() === 'Web page,Notes,3D scene,Table', links.join());
  const told = await page.locator('.card .state').first().textContent();
  assert(told === '0:12 · 34 notes', told);
  const frame = await (await page.waitForSelector('.viewer iframe')).contentFrame();
  await frame.waitForSelector('#hands');
});

await checks.check('axe finds nothing, light or dark', () => audit(page));

await checks.check('A style can be chosen', async () => {
  assert((await page.locator('#style option').allTextContents()).join() === 'person,calm', await page.locator('#style').innerHTML());
  await page.selectOption('#style', 'calm');
  await page.setInputFiles('#pick', music);
  await page.getByText('Piece: A piece, calm').waitFor();
  await page.selectOption('#style', 'person');
  await page.locator('.card', { hasText: ', calm' }).locator('.icon').last().click();
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 1);
});

await checks.check('A download is the file', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.files a', { hasText: '3D scene' }).click()]);
  assert(download.suggestedFilename().endsWith('.glb'), download.suggestedFilename());
});

await checks.check('A refused file says why', async () => {
  await page.setInputFiles('#pick', broken);
  await page.waitForSelector('.card.failed');
  const text = await page.locator('.card.failed .state').textContent();
  assert(text === 'broken: track 2: ends in the middle of an event', text);
});

await checks.check('axe finds nothing beside a refusal', () => audit(page));

await checks.check('Pieces are there again after a reload, and go when deleted', async () => {
  await page.reload();
  await page.waitForSelector('.card.done');
  await page.locator('.card.done .icon').click();
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 0);
});

await checks.check('Ten pieces at once can be watched and taken away, in the order in which they came', async () => {
  const files = Array.from({ length: 10 }, (_, i) => ({ name: `${i}.mid`, mimeType: 'audio/midi', buffer: readFileSync(music) }));
  await page.setInputFiles('#pick', files);
  await page.waitForFunction(() => document.querySelectorAll('.card.done').length === 10);
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll('.card.done').length === 10);
  const server = await (await fetch(`${url}/api/jobs`)).json();
  const names = await page.locator('.card .name').allTextContents();
  assert(names.join() === server.map((job) => job.name).join(), names.join());
  await page.locator('.watch').nth(7).click();
  await (await (await page.waitForSelector('.viewer iframe')).contentFrame()).waitForSelector('#hands');
  for (let left = 10; left > 0; left--) {
    await page.locator('.card.done .icon').first().click();
    await page.waitForFunction((count) => document.querySelectorAll('.card').length < count, left);
  }
});

await checks.check('One note is one note, and none is explained', async () => {
  await page.setInputFiles('#pick', [{ name: 'one note.mid', mimeType: 'audio/midi', buffer: readFileSync(music) }, { name: 'no notes.mid', mimeType: 'audio/midi', buffer: readFileSync(music) }]);
  await page.waitForFunction(() => document.querySelectorAll('.card.done').length === 2);
  const states = await page.locator('.card .state').allTextContents();
  assert(states.some((text) => text.endsWith('· 1 note')), states.join(' | '));
  assert(states.some((text) => text.endsWith('· no notes heard')), states.join(' | '));
  assert(await page.locator('.hint').isVisible(), 'nothing explains it');
});

await checks.check('A video that cannot be watched can be listened to', async () => {
  for (const job of await (await fetch(`${url}/api/jobs`)).json()) await fetch(`${url}/api/jobs/${job.id}`, { method: 'DELETE' });
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 0);
  await page.setInputFiles('#pick', film);
  await page.waitForSelector('.card.failed');
  assert((await page.locator('.card.failed .state').textContent()) === 'film without hands: no hands are seen in it', await page.locator('.card.failed .state').textContent());
  await audit(page);
  await page.getByRole('button', { name: 'Listen to its sound only' }).click();
  await page.waitForSelector('.card.done');
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 1);
  assert((await page.locator('.card .state').textContent()) === '0:12 · 34 notes', await page.locator('.card .state').textContent());
});

await checks.check('A watched video tells what was seen, and one that is only listened to does not', async () => {
  const other = { name: 'film.mp4', mimeType: 'video/mp4', buffer: readFileSync(film) };
  await page.setInputFiles('#pick', other);
  await page.waitForFunction(() => document.querySelectorAll('.card.done').length === 2);
  const seen = page.locator('.card.done').nth(1);
  assert((await seen.locator('.state').textContent()) === 'watched · 0:12 · 34 notes', await seen.locator('.state').textContent());
  await seen.getByText('What was seen').click();
  assert((await seen.locator('.report dd').textContent()) === 'seen in 98 % of the frames', await seen.locator('.report').textContent());
  await audit(page);
  await page.getByLabel('Listen to the sound only').check();
  await page.setInputFiles('#pick', other);
  await page.waitForFunction(() => document.querySelectorAll('.card.done').length === 3);
  assert((await page.locator('.report').count()) === 1, 'it was watched');
  await page.getByLabel('Watch the hands').check();
});

await checks.check('A piece that another page deletes goes here, too', async () => {
  for (const job of await (await fetch(`${url}/api/jobs`)).json()) await fetch(`${url}/api/jobs/${job.id}`, { method: 'DELETE' });
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 0);
});

await checks.check('A server that is gone is told of, and one that was started again has forgotten', async () => {
  await page.setInputFiles('#pick', music);
  await page.waitForSelector('.card.done');
  await page.route('**/api/**', (route) => route.abort());
  await page.locator('.card.done .icon').click();
  await page.waitForSelector('.trouble:not([hidden])');
  await page.unroute('**/api/**');
  await page.route('**/api/jobs', (route) => route.fulfill({ json: [] }));
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 0);
  await page.unroute('**/api/jobs');
  problems.length = 0;
});

await checks.check('A phone shows it', async () => {
  await page.setViewportSize({ width: 360, height: 640 });
  assert((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, 'wider than the screen');
});

await checks.check('Only the server is asked, and nothing is complained of', async () => {
  const outside = requests.filter((address) => !address.startsWith(url) && !/^(blob|data):/.test(address));
  assert(outside.length === 0, outside.join());
  assert(problems.length === 0, problems.join(' | '));
});

await browser.close();
checks.print();
