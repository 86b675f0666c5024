// node player.mjs PAGE RECORDING_PAGE AVATAR_PAGE [PICTURE.json]: checks a page whose piano plays, one with a recording and one with an avatar.
// With DUOMANO_NEW_PICTURES=1 the picture is written instead of compared.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { assert, audit, Checks, grid, launch } from './browser.mjs';

const [, , pianoPage, recordingPage, avatarPage, picture] = process.argv;
const checks = new Checks();
const browser = await launch();
const problems = [];
const requests = [];

async function open(file, options = {}, prepare = () => {}) {
  const context = await browser.newContext({ viewport: { width: 480, height: 360 }, colorScheme: 'dark', offline: true, ...options });
  const page = await context.newPage();
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !/GPU stall|swiftshader|software WebGL/i.test(message.text()) && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => requests.push(request.url().slice(0, 80)));
  await page.addInitScript(prepare);
  // Sound is listened to on its way out.
  await page.addInitScript(() => {
    const connect = AudioNode.prototype.connect;
    AudioNode.prototype.connect = function (target, ...rest) {
      if (target === this.context.destination && !window.heard) {
        const analyser = new AnalyserNode(this.context, { fftSize: 32768 });
        connect.call(this, analyser);
        window.heard = { context: this.context, level: () => { const data = new Float32Array(32768); analyser.getFloatTimeDomainData(data); return Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length); } };
      }
      return connect.call(this, target, ...rest);
    };
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => document.documentElement.dataset.state, null, { timeout: 240_000 });
  assert((await page.evaluate(() => document.documentElement.dataset.state)) === 'ready', await page.evaluate(() => document.body.innerText));
  return page;
}

const until = (page, condition, argument = null) => page.waitForFunction(condition, argument, { timeout: 120_000 });
const time = (page) => page.evaluate(() => window.duomano.player.time);

// Watches frames: the time that is drawn, the sound's own time at that moment, and where the right wrist is.
const watch = (page) => page.evaluate(() => {
  const { stage, player } = window.duomano;
  window.drawn = [];
  const draw = stage.draw.bind(stage);
  stage.draw = (t, ...rest) => {
    const sound = player.soundTime;
    draw(t, ...rest);
    const { x, y, z } = stage.performance.wrists.right.position;
    window.drawn.push({ t, sound, playing: player.playing, place: [x, y, z] });
  };
});

let page;
await checks.check('A page opens from a file', async () => {
  page = await open(pianoPage);
  assert((await page.title()).includes('Duomano'), await page.title());
  assert((await page.evaluate(() => window.duomano.stage.performance.keys.size)) === 88, 'not 88 keys');
});

await checks.check('The picture looks as expected', async () => {
  await page.evaluate(() => window.duomano.player.seek(2));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
  const seen = await grid(await browser.newPage(), await page.screenshot());
  if (process.env.DUOMANO_NEW_PICTURES) writeFileSync(picture, JSON.stringify(seen));
  const expected = JSON.parse(readFileSync(picture, 'utf8'));
  const apart = seen.reduce((sum, value, i) => sum + Math.abs(value - expected[i]), 0) / seen.length;
  assert(apart < 14, `brightness is ${apart.toFixed(1)} of 255 apart on average`);
  assert(Math.max(...seen) - Math.min(...seen) > 80, 'the picture is flat');
});

await checks.check('The pedal goes down with the music', async () => {
  const shown = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => {
    const [gauge, bar, travel] = ['.pedal', '.pedal .down', '.pedal .travel'].map((name) => document.querySelector(name));
    done({ value: gauge.getAttribute('aria-valuenow'), share: bar.getBoundingClientRect().height / travel.getBoundingClientRect().height, visible: gauge.checkVisibility() });
  })))));
  for (const [time, value] of [[0.2, 0], [0.7, 127], [1.2, 64], [1.7, 0]]) {
    await page.evaluate((at) => window.duomano.player.seek(at), time);
    const { value: told, share, visible } = await shown();
    assert(visible && told === String(value) && Math.abs(share - value / 127) < 0.02, `at ${time} s it shows ${told} and ${share.toFixed(2)}`);
  }
});

await checks.check('It plays, and sound comes out', async () => {
  await page.evaluate(() => window.duomano.player.seek(0));
  await watch(page);
  await page.keyboard.press('Space');
  await until(page, () => window.duomano.player.time > 1.5);
  await until(page, () => window.heard.level() > 1e-3);
});

await checks.check('Drawn moments are those of the sound', async () => {
  // A machine that draws slowly may reach the end before.
  await until(page, () => window.drawn.filter((frame) => frame.playing).length > 12 || !window.duomano.player.playing);
  assert((await page.evaluate(() => window.drawn.filter((frame) => frame.playing).length)) >= 3, 'hardly anything is drawn');
  const worst = await page.evaluate(() => Math.max(...window.drawn.filter((frame) => frame.playing).map((frame) => Math.abs(frame.t - frame.sound))));
  assert(worst < 1 / 30, `${worst} s apart`);
});

await checks.check('The hands are where they should be at every drawn moment', async () => {
  if (await page.evaluate(() => window.duomano.player.playing)) await page.keyboard.press('Space');
  const apart = await page.evaluate(() => {
    const { performance } = window.duomano.stage;
    const frames = window.drawn.filter((frame) => frame.playing);
    const moved = new Set(frames.map((frame) => frame.place.join())).size;
    if (moved < 3) throw new Error(`only ${moved} places of the hand`);
    return Math.max(...frames.map(({ t, place }) => {
      performance.pose(t, 'both');
      const { x, y, z } = performance.wrists.right.position;
      return Math.hypot(x - place[0], y - place[1], z - place[2]);
    }));
  });
  assert(apart < 1e-4, `${apart} m apart`);
});

await checks.check('Pausing is silent and stands still', async () => {
  const at = await time(page);
  await until(page, () => window.heard.level() < 1e-3);
  assert((await time(page)) === at, 'time went on');
});

await checks.check('Keys seek', async () => {
  await page.evaluate(() => { window.duomano.player.pause(); document.activeElement.blur(); });
  await page.keyboard.press('Home');
  assert((await time(page)) === 0, 'Home');
  await page.keyboard.press('ArrowRight');
  assert((await time(page)) === 5, 'ArrowRight');
  await page.keyboard.press('Shift+ArrowLeft');
  assert((await time(page)) === 4, 'Shift+ArrowLeft');
  await until(page, () => Math.abs(document.querySelector('.seek').valueAsNumber - 4) < 0.02); // shown with the next frame
  await page.locator('.seek').focus();
  await page.keyboard.press('End');
  assert(Math.abs((await time(page)) - (await page.evaluate(() => window.duomano.player.duration))) < 0.02, 'End on the slider');
  assert(/second/.test(await page.locator('.seek').getAttribute('aria-valuetext')), 'the slider does not tell its time');
  await page.evaluate(() => document.activeElement.blur());
});

await checks.check('Speed is that of the sound', async () => {
  await page.evaluate(() => window.duomano.player.pause());
  await page.evaluate(() => window.duomano.player.seek(0));
  await page.evaluate(() => window.duomano.player.setSpeed(0.25));
  await page.keyboard.press('Space');
  await until(page, () => window.duomano.player.time > 0.3);
  const rate = await page.evaluate(async () => {
    const read = () => [window.duomano.player.soundTime, window.heard.context.currentTime];
    const [t0, c0] = read();
    for (let waited = 0; window.heard.context.currentTime < c0 + 1.5; waited++) {
      if (waited > 6000) throw new Error('the clock of the sound stands still');
      await new Promise((done) => setTimeout(done, 20));
    }
    const [t1, c1] = read();
    return (t1 - t0) / (c1 - c0);
  });
  assert(Math.abs(rate - 0.25) < 0.06, `${rate} instead of 0.25`);
  await page.keyboard.press('Space');
  await page.evaluate(() => window.duomano.player.setSpeed(1));
});

await checks.check('A passage is looped', async () => {
  await page.evaluate(() => window.duomano.player.pause());
  await page.evaluate(() => window.duomano.player.setLoop({ start: 2, end: 2.6 }));
  await page.evaluate(() => { window.drawn = []; });
  await page.keyboard.press('Space');
  await until(page, () => { const times = window.drawn.filter((frame) => frame.playing).map((frame) => frame.t); return times.filter((t, i) => i > 0 && t < times[i - 1]).length >= 2; });
  const [low, high] = await page.evaluate(() => { const times = window.drawn.filter((frame) => frame.playing).map((frame) => frame.t); return [Math.min(...times), Math.max(...times)]; });
  assert(low >= 1.999 && high <= 2.601, `${low} to ${high}`);
  await page.keyboard.press('Space');
  assert(await page.locator('.handle.start').isVisible(), 'no handle');
  await page.locator('.handle.end').focus();
  await page.keyboard.press('ArrowRight');
  assert(Math.abs((await page.evaluate(() => window.duomano.player.loop.end)) - 3.6) < 1e-6, 'the handle does not move by keys');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('l');
  assert((await page.evaluate(() => window.duomano.player.loop)) === null, 'L does not end the loop');
});

await checks.check('Keys go down and light up with their notes', async () => {
  await page.evaluate(() => window.duomano.player.pause());
  const seen = await page.evaluate(() => {
    const { stage } = window.duomano;
    const { performance } = stage;
    const notes = JSON.parse(document.getElementById('piece').textContent).notes;
    const [onset, offset, number] = notes.find((note, i) => note[1] - note[0] > 0.2 && note[0] > 0.5 && !notes.slice(0, i).some((earlier) => earlier[2] === note[2]));
    const key = performance.keys.get(number);
    const at = (t) => { performance.pose(t, 'both'); return [Math.abs(key.node.quaternion.x), key.material.color.getHex()]; };
    const down = at((onset + offset) / 2);
    return { down, up: at(onset - 0.3) };
  });
  assert(seen.down[0] > 0.02 && seen.up[0] < 0.002, `turned by ${seen.down[0]}, ${seen.up[0]}`);
  assert(seen.down[1] !== seen.up[1], 'not lit');
});

await checks.check('One hand alone', async () => {
  await page.locator('.more').click();
  await page.locator('.hands .left').click();
  await page.locator('.more').click();
  const seen = await page.evaluate(() => { const { stage, player } = window.duomano; stage.performance.pose(player.time, player.hands); const visible = {}; stage.performance.root.traverse((o) => { if (o.isSkinnedMesh) visible[o.skeleton.bones.some((b) => b.name.startsWith('left_')) ? 'left' : 'right'] = o.visible; }); return [player.hands, visible.left, visible.right]; });
  assert(JSON.stringify(seen) === '["left",true,false]', JSON.stringify(seen));
  await page.keyboard.press('h');
  await page.keyboard.press('h');
  assert((await page.evaluate(() => window.duomano.player.hands)) === 'both', 'H does not come back to both');
});

for (const view of ['player', 'above', 'left', 'right', 'leftHand', 'rightHand']) {
  await checks.check(`Camera ${view} sees its hands`, async () => {
    const places = await page.evaluate((view) => {
      const { stage } = window.duomano;
      stage.show(view, true);
      const camera = stage.camera;
      camera.updateMatrixWorld();
      return ['left', 'right'].filter((side) => !view.endsWith('Hand') || view === `${side}Hand`).flatMap((side) => [stage.performance.wrists[side], stage.performance.tips[side][2].node]).map((node) => {
        const at = node.getWorldPosition(node.position.clone()).project(camera);
        return [at.x, at.y];
      });
    }, view);
    assert(places.every(([x, y]) => Math.abs(x) < 1 && Math.abs(y) < 1), JSON.stringify(places));
  });
}

await checks.check('? shows the keys and the licences', async () => {
  await page.keyboard.press('Shift+?');
  assert(await page.locator('dialog.help').isVisible(), 'no dialog');
  const text = await page.locator('dialog.help').textContent();
  assert(/three \d/.test(text) && /fflate \d/.test(text) && text.includes('MIT License'), 'licences are missing');
  await page.keyboard.press('Escape');
  assert(!(await page.locator('dialog.help').isVisible()), 'Escape does not close it');
});

await checks.check('Everything that can be pressed has a name and shows its focus', async () => {
  const nameless = await page.evaluate(() => [...document.querySelectorAll('button, input, select, [role=slider]')].filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length)).map((e) => e.outerHTML.slice(0, 80)));
  assert(nameless.length === 0, nameless.join());
  // A key may come while the page still gives the focus back from the dialog, so it is pressed until something has it.
  await page.evaluate(() => document.activeElement.blur());
  const outline = () => page.evaluate(() => { const e = document.activeElement; return [e.tagName, getComputedStyle(e.classList.contains('seek') ? e.parentElement : e).outlineStyle]; });
  let seen = [];
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press('Tab');
    seen = await outline();
    if (seen[0] !== 'BODY' && seen[1] === 'solid') break;
    await page.waitForTimeout(100);
  }
  assert(seen[0] !== 'BODY' && seen[1] === 'solid', `${seen.join()} after ten presses of Tab`);
});

await checks.check('Arrow keys on the timeline move by seconds', async () => {
  await page.evaluate(() => { window.duomano.player.seek(2); document.querySelector('.seek').focus(); });
  for (const [key, expected] of [['ArrowRight', 7], ['Shift+ArrowLeft', 6], ['Shift+ArrowUp', 7], ['ArrowDown', 2]]) {
    await page.keyboard.press(key);
    assert(Math.abs((await time(page)) - expected) < 1e-6, `${key}: ${await time(page)}`);
  }
  await page.evaluate(() => document.activeElement.blur());
});

await checks.check('axe finds nothing, light or dark', async () => {
  await audit(page);
  await page.keyboard.press('Shift+?');
  await audit(page);
  await page.keyboard.press('Escape');
});

await checks.check('The policy lets nothing out', async () => {
  const blocked = await page.evaluate(async () => {
    const violation = new Promise((done) => document.addEventListener('securitypolicyviolation', (event) => done(event.blockedURI), { once: true }));
    await fetch('https://example.org/').catch(() => undefined);
    return await violation;
  });
  assert(blocked.startsWith('https://example.org'), blocked);
  problems.splice(0, problems.length, ...problems.filter((text) => !text.includes('example.org')));
  requests.splice(0, requests.length, ...requests.filter((url) => !url.includes('example.org')));
});
await page.context().close();

await checks.check('An avatar is seen whole, its fingers with their numbers on the keys', async () => {
  const avatar = await open(avatarPage);
  const seen = await avatar.evaluate(() => {
    const { stage } = window.duomano;
    const camera = stage.camera;
    const { body } = stage.performance;
    const corners = [body.min, body.max].map(({ x, y, z }) => camera.position.clone().set(x, y, z).project(camera)).flatMap(({ x, y }) => [x, y]);
    // The first notes, just after they have gone down.
    const tip = camera.position.clone();
    const apart = JSON.parse(document.getElementById('piece').textContent).notes.slice(0, 6).map(([onset, , key, , hand, finger]) => {
      stage.performance.pose(onset + 0.04, 'both');
      stage.performance.tip(hand === 0 ? 'left' : 'right', finger, tip);
      return tip.distanceTo(stage.performance.keyBounds(key, stage.performance.body.clone()).clampPoint(tip, tip.clone()));
    });
    return { views: [...document.querySelectorAll('.views button')].map((button) => button.textContent), view: stage.cameras.view, corners, apart, height: body.max.y - body.min.y };
  });
  assert(seen.view === 'whole' && seen.views.includes('Whole body') && !seen.views.includes('Player'), seen.views.join());
  assert(seen.corners.every((value) => Math.abs(value) < 1), `the body is at ${seen.corners} in the picture`);
  assert(seen.height > 1 && seen.height < 1.6, `the body is ${seen.height} m high as it sits`);
  assert(Math.max(...seen.apart) < 0.006, `fingertips are ${seen.apart} m from their keys`);
  await avatar.context().close();
});

await checks.check('A phone on its side shows the hands, with its settings open, too', async () => {
  const phone = await open(pianoPage, { viewport: { width: 740, height: 360 }, hasTouch: true, isMobile: true });
  const height = () => phone.evaluate(() => document.querySelector('.stage').clientHeight);
  assert((await height()) >= 200, `the picture is ${await height()} pixels high`);
  const before = await height();
  await phone.locator('.more').tap();
  const sheet = await phone.locator('.settings').boundingBox();
  assert((await height()) === before, 'the settings take the height of the picture');
  assert(sheet.y >= 0 && sheet.y + sheet.height <= 360 && sheet.x >= 0 && sheet.x + sheet.width <= 740, `the sheet is at ${JSON.stringify(sheet)}`);
  await audit(phone);
  await phone.context().close();
});

await checks.check('A phone shows it, and a finger plays it', async () => {
  const phone = await open(pianoPage, { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, colorScheme: 'light', reducedMotion: 'reduce' });
  assert((await phone.evaluate(() => document.documentElement.scrollWidth)) <= 360, 'wider than the screen');
  assert(!(await phone.evaluate(() => window.duomano.stage.fallingNotes.group.visible)), 'notes fall although less motion is wanted');
  await phone.locator('.dock .play').tap();
  await until(phone, () => window.duomano.player.time > 0.2);
  await phone.locator('.dock .play').tap();
  await phone.locator('.more').tap();
  assert(await phone.locator('.settings').isVisible(), 'no settings');
  const small = await phone.evaluate(() => [...document.querySelectorAll('.dock button')].filter((e) => e.offsetParent && Math.min(e.offsetWidth, e.offsetHeight) < 38).map((e) => e.textContent || e.getAttribute('aria-label')));
  assert(small.length === 0, `too small for a finger: ${small}`);
  assert((await phone.evaluate(() => getComputedStyle(document.body).color)) === 'rgb(35, 33, 29)', 'not light');
  await phone.context().close();
});

await checks.check('A finger seeks on a phone, held upright or across', async () => {
  const phone = await open(pianoPage, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const duration = await phone.evaluate(() => window.duomano.player.duration);
  for (const [viewport, part] of [[{ width: 390, height: 844 }, 0.75], [{ width: 844, height: 390 }, 0.25]]) {
    await phone.setViewportSize(viewport);
    await until(phone, (width) => document.querySelector('canvas.view').getBoundingClientRect().width === width, viewport.width);
    const outside = await phone.evaluate(() => [...document.querySelectorAll('.dock button, .seek, .top h1')].filter((e) => e.offsetParent).filter((e) => {
      const { left, right, top, bottom } = e.getBoundingClientRect();
      return left < 0 || right > innerWidth || top < 0 || bottom > innerHeight;
    }).map((e) => e.outerHTML.slice(0, 60)));
    assert(outside.length === 0, `outside of ${viewport.width}x${viewport.height}: ${outside}`);
    const picture = await phone.locator('canvas.view').boundingBox();
    assert(picture.height > viewport.height / 2, `a picture ${picture.height} high of ${viewport.height}`);
    const hands = await phone.evaluate(() => ['left', 'right'].map((side) => {
      const { performance, camera } = window.duomano.stage;
      camera.updateMatrixWorld();
      const at = performance.tips[side][2].node.getWorldPosition(camera.position.clone()).project(camera);
      return Math.max(Math.abs(at.x), Math.abs(at.y));
    }));
    assert(hands.every((place) => place < 1), `hands at ${hands}`);
    const bar = await phone.locator('.seek').boundingBox();
    await phone.touchscreen.tap(bar.x + bar.width * part, bar.y + bar.height / 2);
    assert(Math.abs((await time(phone)) - part * duration) < 0.04 * duration, `${await time(phone)} of ${duration} s`);
    await phone.locator('.dock .play').tap();
    await until(phone, (from) => window.duomano.player.time > from + 0.2, part * duration);
    await phone.locator('.dock .play').tap();
  }
  await phone.context().close();
});

await checks.check('A recording plays in step, at every speed, and one hand alone by the piano', async () => {
  const recording = await open(recordingPage);
  assert((await recording.evaluate(() => window.duomano.player.sound)) === 'recording', 'the piano plays');
  await watch(recording);
  await recording.keyboard.press('Space');
  await until(recording, () => window.drawn.filter((frame) => frame.playing && frame.t > 0.2).length > 1);
  await recording.evaluate(() => window.duomano.player.setSpeed(2));
  await until(recording, () => window.duomano.player.time > 4);
  const worst = await recording.evaluate(() => Math.max(...window.drawn.filter((frame) => frame.playing).map((frame) => Math.abs(frame.t - frame.sound))));
  assert(worst < 1 / 15, `${worst} s apart at speed 2`);
  await recording.keyboard.press('h');
  assert((await recording.evaluate(() => window.duomano.player.sound)) === 'piano', 'the recording plays one hand');
  const at = await time(recording);
  await until(recording, (at) => window.duomano.player.time > at + 0.2, at);
  await recording.keyboard.press('Space');
  await recording.context().close();
});

await checks.check('Without a sound device the hands go on, and sound comes in when there is one', async () => {
  const mute = await open(pianoPage, {}, () => {
    const resume = AudioContext.prototype.resume;
    const state = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'state');
    const device = new Promise((plugIn) => (window.plugIn = plugIn)).then(() => (window.device = true));
    Object.defineProperty(AudioContext.prototype, 'state', { get() { return window.device ? state.get.call(this) : 'suspended'; } });
    AudioContext.prototype.resume = async function () { await device; return resume.call(this); };
  });
  await mute.keyboard.press('Space');
  await until(mute, () => window.duomano.player.time > 1);
  assert((await mute.evaluate(() => window.duomano.player.sound)) === 'none', 'something is heard');
  await mute.evaluate(() => window.plugIn());
  await until(mute, () => window.duomano.player.sound === 'piano' && window.heard?.level() > 1e-3);
  const at = await time(mute);
  assert(at > 1, `begun anew, at ${at} s`);
  await mute.context().close();
});

await checks.check('Nothing is asked of a network', async () => {
  const outside = requests.filter((url) => !/^(file|blob|data):/.test(url));
  assert(outside.length === 0, outside.join());
});

await checks.check('Nothing is complained of on the console', async () => assert(problems.length === 0, problems.join(' | ')));

await browser.close();
checks.print();
