// node avatar.mjs JOB.json: where bones are, in metres of the world, as three.js and three-vrm have them in a browser.
// JOB: {glb, vrm, vrma, times (s), nodes (of the .glb), bones (of VRM), keys (MIDI numbers)}; printed as JSON: {scene, keys, animation},
// each [times][names][x, y, z], of a key those of the middle of its top's front and back edge; without a .vrm no animation.
import { createServer } from 'node:http';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const here = dirname(fileURLToPath(import.meta.url));
const imports = {
  three: '/node_modules/three/build/three.module.js',
  'three/addons/': '/node_modules/three/examples/jsm/',
  '@pixiv/three-vrm': '/node_modules/@pixiv/three-vrm/lib/three-vrm.module.js',
  '@pixiv/three-vrm-animation': '/node_modules/@pixiv/three-vrm-animation/lib/three-vrm-animation.module.js',
};
const page = `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script><script type="module">
import * as THREE from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { VRMLoaderPlugin, VRMUtils } from '@pixiv/three-vrm';
import { VRMAnimationLoaderPlugin, createVRMAnimationClip } from '@pixiv/three-vrm-animation';
const place = (object) => object.getWorldPosition(new THREE.Vector3()).toArray();
const load = (url) => {
  const loader = new GLTFLoader();
  loader.register((parser) => new VRMLoaderPlugin(parser));
  loader.register((parser) => new VRMAnimationLoaderPlugin(parser));
  return loader.loadAsync(url);
};
window.measure = async ({ glb, vrm, times, nodes, bones, keys }) => {
  const found = {};
  if (glb) {
    const gltf = await new GLTFLoader().loadAsync('/scene');
    const mixer = new THREE.AnimationMixer(gltf.scene);
    mixer.clipAction(gltf.animations[0]).play();
    // three.js changes names that its own paths could not hold.
    const named = (name) => gltf.scene.getObjectByName(THREE.PropertyBinding.sanitizeNodeName(name));
    const moments = times.map((time) => {
      mixer.setTime(time);
      gltf.scene.updateMatrixWorld(true);
      return [nodes.map((name) => place(named(name))), keys.map((key) => {
        const object = named('key_' + key);
        const box = object.geometry.boundingBox ?? (object.geometry.computeBoundingBox(), object.geometry.boundingBox);
        return [box.max.z, box.min.z].flatMap((z) => new THREE.Vector3((box.min.x + box.max.x) / 2, box.max.y, z).applyMatrix4(object.matrixWorld).toArray());
      })];
    });
    found.scene = moments.map((moment) => moment[0]);
    found.keys = moments.map((moment) => moment[1]);
  }
  if (vrm) {
    const avatar = (await load('/vrm')).userData.vrm;
    // Old ones look the other way until they are turned.
    VRMUtils.rotateVRM0(avatar);
    const animation = (await load('/vrma')).userData.vrmAnimations[0];
    const mixer = new THREE.AnimationMixer(avatar.scene);
    mixer.clipAction(createVRMAnimationClip(animation, avatar)).play();
    found.animation = times.map((time) => {
      mixer.setTime(time);
      avatar.humanoid.update();
      avatar.scene.updateMatrixWorld(true);
      return bones.map((bone) => place(avatar.humanoid.getRawBoneNode(bone)));
    });
    found.version = avatar.meta.metaVersion;
  }
  return found;
};
document.documentElement.dataset.state = 'ready';
</script>`;

const files = { '/scene': job.glb, '/vrm': job.vrm, '/vrma': job.vrma };
const types = { '.js': 'text/javascript' };
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url.split('?')[0]);
  if (path === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  const file = path in files ? files[path] : path.startsWith('/node_modules/') && !path.includes('..') ? join(here, path) : null;
  if (!file || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const browser = await launch();
try {
  const tab = await browser.newPage();
  tab.on('pageerror', (error) => process.stderr.write(`${error}\n`));
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.waitForFunction(() => document.documentElement.dataset.state === 'ready', null, { timeout: 120_000 });
  process.stdout.write(JSON.stringify(await tab.evaluate((each) => window.measure(each), job)));
} finally {
  await browser.close();
  server.close();
}
