import { crc32 } from 'node:zlib';

/** 1980-01-01, the earliest moment of a zip, so that the same files give the same bytes. */
const moment = 0x00210000;

const record = (size, fields) => {
  const bytes = Buffer.alloc(size);
  for (const [at, width, value] of fields) bytes.writeUIntLE(value, at, width);
  return bytes;
};

/** Packs files, [name, bytes] each, into a zip without compressing them (APPNOTE.TXT 4.3). */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const path = Buffer.from(name);
    // Version 2.0, names in UTF-8, stored.
    const common = (at) => [
      [at, 2, 20],
      [at + 2, 2, 0x0800],
      [at + 6, 4, moment],
      [at + 10, 4, crc32(bytes)],
      [at + 14, 4, bytes.length],
      [at + 18, 4, bytes.length],
      [at + 22, 2, path.length],
    ];
    const local = record(30, [[0, 4, 0x04034b50], ...common(4)]);
    directory.push(record(46, [[0, 4, 0x02014b50], [4, 2, 20], ...common(6), [42, 4, offset]]), path);
    parts.push(local, path, bytes);
    offset += local.length + path.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = record(22, [
    [0, 4, 0x06054b50],
    [8, 2, files.length],
    [10, 2, files.length],
    [12, 4, size],
    [16, 4, offset],
  ]);
  return Buffer.concat([...parts, ...directory, end]);
}
