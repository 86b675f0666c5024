// node basic-pitch.mjs OUT_DIR RECORDING...
// Transcribes recordings with Spotify's Basic Pitch, its own model and its own thresholds, into MIDI files of the same
// names; `duomano-train measure-listening --data DIR --transcriptions OUT_DIR` measures them. Needs ffmpeg.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';

const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');
const { BasicPitch, noteFramesToTime, outputToNotesPoly } = require('@spotify/basic-pitch');
const { generateFileData } = require('@spotify/basic-pitch/cjs/toMidi.js');

const sampleRate = 22050;
const [folder, ...recordings] = process.argv.slice(2);
if (!folder || recordings.length === 0) {
  console.error('usage: node basic-pitch.mjs OUT_DIR RECORDING...');
  process.exit(2);
}

wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + '/');
await tf.setBackend('wasm');
// The package frames its sound with a fill that names no type, which this backend's version needs.
const fill = tf.getKernel('Fill', 'wasm');
tf.unregisterKernel('Fill', 'wasm');
tf.registerKernel({ ...fill, kernelFunc: (call) => fill.kernelFunc({ ...call, attrs: { ...call.attrs, dtype: call.attrs.dtype ?? 'float32' } }) });
const model = loadModel(join(dirname(require.resolve('@spotify/basic-pitch')), '..', 'model'));
mkdirSync(folder, { recursive: true });
for (const recording of recordings) {
  const started = performance.now();
  const sound = decode(recording);
  const [frames, onsets] = [[], []];
  await new BasicPitch(model).evaluateModel(sound, (f, o) => { frames.push(...f); onsets.push(...o); }, () => {});
  const notes = noteFramesToTime(outputToNotesPoly(frames, onsets));
  writeFileSync(join(folder, basename(recording, extname(recording)) + '.mid'), generateFileData(notes));
  const seconds = sound.length / sampleRate;
  console.log(`${basename(recording)}: ${notes.length} notes, ${(seconds / (performance.now() - started) * 1000).toFixed(1)} x the music`);
}

// Without a web server or tfjs-node the model's two files are handed over from memory.
function loadModel(path) {
  const description = JSON.parse(readFileSync(join(path, 'model.json'), 'utf8'));
  const group = description.weightsManifest[0];
  const parts = group.paths.map((name) => readFileSync(join(path, name)));
  const weights = Buffer.concat(parts);
  return tf.loadGraphModel({
    load: async () => ({
      modelTopology: description.modelTopology,
      format: description.format,
      signature: description.signature,
      weightSpecs: group.weights,
      weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
    }),
  });
}

function decode(path) {
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'f32le', '-ac', '1', '-ar', String(sampleRate), '-'], { maxBuffer: 1 << 30 });
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
