// Runs the Khronos validator over the files named as arguments and prints one line of JSON for each.
import { readFile } from "node:fs/promises";
import validator from "gltf-validator";

for (const path of process.argv.slice(2)) {
  const report = await validator.validateBytes(new Uint8Array(await readFile(path)), { maxIssues: 50 });
  const { numErrors, numWarnings, numInfos, numHints, messages } = report.issues;
  const lines = messages.map((message) => `${message.code} ${message.pointer ?? ""}: ${message.message}`);
  console.log(JSON.stringify({ path, errors: numErrors, warnings: numWarnings, infos: numInfos, hints: numHints, messages: lines }));
}
