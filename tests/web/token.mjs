// node token.mjs URL PAGE MUSIC: checks the page of a server that wants a token; PAGE is its address with the token behind it.
import { assert, audit, Checks, launch } from './browser.mjs';

const [, , url, address, music] = process.argv;
const token = address.split('#token=')[1];
const checks = new Checks();
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1100, height: 700 } });
const page = await context.newPage();
const state = (name) => page.waitForFunction((wanted) => document.documentElement.dataset.state === wanted, name);

await checks.check('The address with the token is enough, and loses it', async () => {
  await page.goto(address);
  await state('ready');
  assert(page.url() === `${url}/`, page.url());
  assert(!(await page.locator('#token').isVisible()), 'it asks for a token');
});

await checks.check('Uploads, frames and downloads work', async () => {
  await page.setInputFiles('#pick', music);
  await page.waitForSelector('.card.done');
  await (await (await page.waitForSelector('.viewer iframe')).contentFrame()).waitForSelector('#hands');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.files a', { hasText: '3D scene' }).click()]);
  assert((await download.failure()) === null, await download.failure());
  assert(download.suggestedFilename().endsWith('.glb'), download.suggestedFilename());
});

await checks.check('After a reload, and when the server no longer knows the cookie, the page enters again', async () => {
  await context.clearCookies();
  await page.reload();
  await state('ready');
  await page.waitForSelector('.card.done');
});

await checks.check('Scripts see no cookie', async () => {
  assert((await context.cookies()).length === 1, 'no cookie');
  assert((await page.evaluate(() => document.cookie)) === '', 'a script reads it');
});

await checks.check('Whoever has no token is asked for it until it is right', async () => {
  await context.clearCookies();
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await state('refused');
  assert(!(await page.getByText('Drop music or a video here').isVisible()), 'music can be dropped');
  await audit(page);
  await page.fill('#token', 'a-wrong-token-of-them');
  await page.keyboard.press('Enter');
  await page.getByText('That is not the token.').waitFor();
  await page.fill('#token', token);
  await page.getByRole('button', { name: 'Enter' }).click();
  await state('ready');
  await page.waitForSelector('.card.done');
});

await browser.close();
checks.print();
