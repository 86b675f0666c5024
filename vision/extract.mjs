// Copies the two networks out of the npm package: the hand's points are a file of their own; the palms lie among others in one, whose loader tells where.
import { mkdirSync, readFileSync, writeFileSync, copyFileSync } from 'node:fs';

const from = 'node_modules/@mediapipe/hands';
const palms = 'palm_detection_full.tflite';
mkdirSync('dist', { recursive: true });
copyFileSync(`${from}/hand_landmark_full.tflite`, 'dist/hand_landmark_full.tflite');
const loader = readFileSync(`${from}/hands_solution_packed_assets_loader.js`, 'utf8');
const place = loader.match(new RegExp(`\\{"filename": ?"[^"]*/${palms}", ?"start": ?(\\d+), ?"end": ?(\\d+)`));
if (!place) throw new Error(`${from} does not say where ${palms} is`);
writeFileSync(`dist/${palms}`, readFileSync(`${from}/hands_solution_packed_assets.data`).subarray(Number(place[1]), Number(place[2])));
