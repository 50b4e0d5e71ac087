import {
  mkdirSync,
  openSync,
  readSync,
  closeSync,
  fstatSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, normalize, isAbsolute } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

function readAt(fd, position, length) {
  const buffer = Buffer.alloc(length);
  const read = readSync(fd, buffer, 0, length, position);
  if (read !== length) throw new Error('the zip file ends too early');
  return buffer;
}

/** Reads the central directory: name, method, sizes and offset of every entry. */
function* entries(fd) {
  const { size } = fstatSync(fd);
  // The end record is 22 bytes plus a comment of at most 64 KiB.
  const tailLength = Math.min(size, 22 + 0xffff);
  const tail = readAt(fd, size - tailLength, tailLength);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error('this is not a zip file');
  const count = tail.readUInt16LE(end + 10);
  const directory = readAt(
    fd,
    tail.readUInt32LE(end + 16),
    tail.readUInt32LE(end + 12),
  );
  for (let at = 0, n = 0; n < count; n += 1) {
    if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY) {
      throw new Error('the directory of the zip file is damaged');
    }
    const nameLength = directory.readUInt16LE(at + 28);
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    };
    at +=
      46 +
      nameLength +
      directory.readUInt16LE(at + 30) +
      directory.readUInt16LE(at + 32);
  }
}

/**
 * Unpacks the wanted files of a zip archive with nothing but Node.
 *
 * @param archive - path of the archive
 * @param target - folder to write into
 * @param wanted - entry name to file name below `target`
 * @returns the entry names that were found
 */
export function unzip(archive, target, wanted) {
  const fd = openSync(archive, 'r');
  const found = [];
  try {
    for (const entry of entries(fd)) {
      const file = wanted[entry.name];
      if (file === undefined) continue;
      if (isAbsolute(file) || normalize(file).startsWith('..')) {
        throw new Error(`refusing to unpack outside the folder: ${file}`);
      }
      // The local header repeats the name and has an extra field of its own length.
      const header = readAt(fd, entry.offset, 30);
      const start =
        entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      const raw = readAt(fd, start, entry.compressedSize);
      if (entry.method !== STORED && entry.method !== DEFLATED) {
        throw new Error(
          `${entry.name} is packed with method ${entry.method}, which is not known here`,
        );
      }
      const data = entry.method === DEFLATED ? inflateRawSync(raw) : raw;
      if (data.length !== entry.size) {
        throw new Error(`${entry.name} has the wrong length after unpacking`);
      }
      const path = join(target, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, data, { mode: 0o755 });
      found.push(entry.name);
    }
  } finally {
    closeSync(fd);
  }
  return found;
}
