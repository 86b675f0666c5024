import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Opens Debian's (or any) Chromium with pictures drawn in software and sound allowed. */
export async function launch() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const program = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
  if (!program) throw new Error('no chromium on the PATH');
  return await chromium.launch({
    executablePath: program,
    args: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--autoplay-policy=no-user-gesture-required', '--no-sandbox', '--mute-audio'],
  });
}

/** Runs checks one after the other; what each finds is told as JSON on stdout: name → null, or what is wrong. */
export class Checks {
  #results = {};

  async check(name, run) {
    try {
      await run();
      this.#results[name] = null;
    } catch (error) {
      this.#results[name] = String(error?.message ?? error);
    }
    process.stderr.write(`${this.#results[name] === null ? 'ok  ' : 'FAIL'} ${name}\n`);
  }

  print() {
    process.stdout.write(JSON.stringify(this.#results));
  }
}

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Asks axe-core whether everybody can use what is shown now, light and dark. */
export async function audit(page) {
  await page.evaluate(axe);
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => window.axe.run(document, { iframes: false }));
    const found = violations.map(({ id, nodes }) => `${id} (${nodes.map(({ target, any }) => `${target.join(' ')}${any[0]?.message ? `: ${any[0].message}` : ''}`).join('; ')})`);
    if (found.length > 0) throw new Error(`${colorScheme}: ${found.join(' | ')}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

/** Brightness of a picture on a coarse grid, 0 to 255, row by row. */
export async function grid(page, png, columns = 24, rows = 14) {
  return await page.evaluate(async ([data, width, height]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    const pixels = context.getImageData(0, 0, width, height).data;
    return Array.from({ length: width * height }, (_, i) => Math.round(0.3 * pixels[4 * i] + 0.59 * pixels[4 * i + 1] + 0.11 * pixels[4 * i + 2]));
  }, [png.toString('base64'), columns, rows]);
}
