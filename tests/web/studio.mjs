// node studio.mjs URL MUSIC BROKEN: checks the page of the server; BROKEN is a file it refuses.
import { assert, Checks, launch } from './browser.mjs';

const [, , url, music, broken] = process.argv;
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
  assert(await page.getByText('Drop music here').isVisible(), 'nothing to drop music on');
});

await checks.check('A chosen file becomes a piece with its hands and files', async () => {
  await page.setInputFiles('#pick', music);
  await page.waitForSelector('.card.done');
  assert((await page.locator('.card .name').first().textContent()) === 'Piece: A piece', await page.locator('.card .name').first().textContent());
  const links = await page.locator('.card .files a').evaluateAll((all) => all.map((link) => link.textContent));
  assert(links.join() === '.html,.glb,.mid,.csv', links.join());
  const frame = await (await page.waitForSelector('.viewer iframe')).contentFrame();
  await frame.waitForSelector('#hands');
});

await checks.check('A download is the file', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.files a', { hasText: '.glb' }).click()]);
  assert(download.suggestedFilename().endsWith('.glb'), download.suggestedFilename());
});

await checks.check('A refused file says why', async () => {
  await page.setInputFiles('#pick', broken);
  await page.waitForSelector('.card.failed');
  const text = await page.locator('.card.failed .state').textContent();
  assert(text === 'broken: track 2: ends in the middle of an event', text);
});

await checks.check('Pieces are there again after a reload, and go when deleted', async () => {
  await page.reload();
  await page.waitForSelector('.card.done');
  await page.locator('.card.done .icon').click();
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 0);
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
