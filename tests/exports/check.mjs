// node check.mjs DUOMANO FOLDER [COUNT] [--command generate|perform] [--keep DIR]
// Exports the MIDI files of a folder (of COUNT of them, evenly chosen) as .glb, .bvh and .html and opens each in other
// programs: the Khronos validator, Blender, and Chromium, where the page must play and the hands move with its sound.
// DUOMANO is the program itself or duomano.dll. Prints a line a piece; ends with 1 if anything is wrong.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const values = { '--command': 'perform', '--keep': null };
const plain = [];
for (let i = 2; i < process.argv.length; i++) {
  if (process.argv[i] in values) values[process.argv[i]] = process.argv[++i];
  else plain.push(process.argv[i]);
}

const [program, folder, count = '10'] = plain;
if (!program || !folder) {
  console.error('node check.mjs DUOMANO FOLDER [COUNT] [--command generate|perform] [--keep DIR]');
  process.exit(2);
}

for (const packages of ['gltf', 'web']) {
  const at = join(here, '..', packages);
  if (!existsSync(join(at, 'node_modules'))) execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: at, stdio: 'ignore' });
}

const { launch } = await import('../web/browser.mjs');
const most = 3 * 2 ** 20; // bytes for a minute of music, without sound

function duomano(...words) {
  const command = program.endsWith('.dll') ? ['dotnet', program] : [program];
  execFileSync(command[0], [...command.slice(1), ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
}

// The latest key time of a .glb file's animation, seconds.
function lengthOf(path) {
  const bytes = readFileSync(path);
  const scene = JSON.parse(bytes.subarray(20, 20 + bytes.readUInt32LE(12)).toString('utf8'));
  return Math.max(...scene.animations[0].samplers.map((sampler) => scene.accessors[sampler.input].max[0]));
}

function validate(path) {
  const report = JSON.parse(execFileSync('node', ['validate.mjs', path], { cwd: join(here, '..', 'gltf'), encoding: 'utf8' }));
  if (report.errors + report.warnings > 0) throw new Error(`validator: ${report.messages.slice(0, 3).join('; ')}`);
}

function blender(path) {
  const words = ['--background', '--factory-startup', '--python-exit-code', '1', '--python', join(here, '..', 'blender', 'inspect.py'), '--', path];
  const line = execFileSync('blender', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).split('\n').find((text) => text.startsWith('RESULT '));
  const scene = JSON.parse(line.slice('RESULT '.length));
  const bones = Object.keys(scene.places);
  if (!['left_wrist', 'right_wrist', 'left_index1', 'right_little3'].every((name) => bones.includes(name))) throw new Error(`Blender: bones ${bones.join(' ').slice(0, 80)}`);
  if (Object.keys(scene.actions).length === 0) throw new Error('Blender: no animation');
  const still = bones.filter((name) => /wrist/.test(name)).every((name) => scene.places[name].every((place) => place.join() === scene.places[name][0].join()));
  const [first, last] = Object.values(scene.actions)[0];
  if (last - first < 30) throw new Error(`Blender: frames ${first} to ${last}`);
  return still ? 'still at first' : null;
}

async function browse(browser, path) {
  const problems = [];
  const context = await browser.newContext({ viewport: { width: 480, height: 360 }, offline: true });
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(pathToFileURL(path).href);
    await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', null, { timeout: 240_000 });
    const place = () => page.evaluate(() => ['left', 'right'].map((side) => window.duomano.stage.performance.wrists[side].position.toArray().join()).join(' '));
    await page.keyboard.press('Space');
    await page.waitForFunction(() => window.duomano.player.time > 2, null, { timeout: 240_000 });
    const before = await place();
    await page.evaluate(() => window.duomano.player.seek(window.duomano.player.duration / 2));
    await page.waitForFunction(() => window.duomano.player.time > window.duomano.player.duration / 2 + 0.5, null, { timeout: 240_000 });
    if ((await place()) === before) problems.push('the hands stand still');
    if (problems.length > 0) throw new Error(`page: ${problems.slice(0, 3).join('; ')}`);
  } finally {
    await context.close();
  }
}

const pieces = readdirSync(folder, { recursive: true }).map(String).filter((name) => /\.midi?$/i.test(name)).sort();
const chosen = pieces.filter((_, i) => Math.floor(((i + 1) * count) / pieces.length) > Math.floor((i * count) / pieces.length));
const out = values['--keep'] ?? mkdtempSync(join(tmpdir(), 'duomano-exports-'));
mkdirSync(out, { recursive: true });
const browser = await launch();
let failed = 0;
try {
  for (const piece of chosen) {
    const stem = join(out, basename(piece).replace(/\.midi?$/i, ''));
    const files = ['glb', 'bvh', 'html'].map((ending) => `${stem}.${ending}`);
    try {
      duomano(values['--command'], join(folder, piece), ...files.flatMap((file) => ['-o', file]));
      const [glb, bvh, html] = files;
      const minutes = lengthOf(glb) / 60;
      const rate = (file) => statSync(file).size / Math.max(1, minutes);
      validate(glb);
      const notes = [blender(glb), blender(bvh)].filter(Boolean);
      await browse(browser, html);
      const sizes = files.map((file) => `${file.split('.').at(-1)} ${(rate(file) / 2 ** 20).toFixed(2)}`);
      if (rate(glb) > most || rate(html) > most) throw new Error(`over 3 MiB a minute: ${sizes.join(', ')}`);
      console.log(`ok    ${basename(piece)}  ${(minutes * 60).toFixed(0)} s  MiB a minute: ${sizes.join(', ')}${notes.length ? `  (${notes.join(', ')})` : ''}`);
    } catch (error) {
      failed++;
      console.log(`WRONG ${basename(piece)}: ${String(error.stderr?.toString().trim().split('\n').at(-1) || error.message)}`);
    }
  }
} finally {
  await browser.close();
  if (!values['--keep']) rmSync(out, { recursive: true, force: true });
}

console.log(`${chosen.length - failed} of ${chosen.length} pieces open everywhere`);
process.exit(failed || chosen.length === 0 ? 1 : 0);
