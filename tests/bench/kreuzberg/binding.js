// Converts the files of a folder with kreuzberg's native binding, in one process, and prints what that took.
//
//   node binding.js FOLDER
//
// Its best case: nothing is written, and a file that fails is passed over. Prints the name of each file as it
// begins with it, since some end the process. The last line is JSON: the seconds of processor time of this
// process until the binding had converted a first word, and from then on until the last file was done; and the
// files that failed.
const fs = require('fs');
const path = require('path');
const { extractBytesSync, extractFileSync } = require('/opt/kreuzberg/node_modules/@kreuzberg/node');

// What our converters do: Markdown, and the pictures. Nothing is recognized in them, nothing comes from a cache.
const config = {
  useCache: false,
  disableOcr: true,
  enableQualityProcessing: false,
  outputFormat: 'markdown',
  images: { extractImages: true },
};

function seconds() {
  const used = process.cpuUsage();
  return (used.user + used.system) / 1e6;
}

extractBytesSync(Buffer.from('word'), 'text/plain', config);
const start = seconds();
const failed = [];
for (const name of fs.readdirSync(process.argv[2]).sort()) {
  fs.writeSync(1, name + '\n');
  try {
    if (extractFileSync(path.join(process.argv[2], name), null, config).content === '') failed.push(name);
  } catch {
    failed.push(name);
  }
}
console.log(JSON.stringify({ start, files: seconds() - start, failed }));
