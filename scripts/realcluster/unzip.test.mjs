import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { unzip } from './unzip.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unzip-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A zip archive, written by hand: local headers, directory, end record with a comment. */
function zip(files) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const { name, content, method } of files) {
    const packed =
      method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(4, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    const whole = Buffer.concat([
      local,
      Buffer.from(name),
      Buffer.from('xtra'),
      packed,
    ]);
    locals.push(whole);
    directory.push(Buffer.concat([entry, Buffer.from(name)]));
    offset += whole.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(7, 20);
  return Buffer.concat([...locals, listing, end, Buffer.from('comment')]);
}

test('unpacks the wanted files, packed or stored', () => {
  const archive = join(folder, 'a.zip');
  const long = 'abc'.repeat(10_000);
  writeFileSync(
    archive,
    zip([
      { name: 'bin/one', content: long, method: 8 },
      { name: 'bin/two', content: 'two', method: 0 },
      { name: 'bin/three', content: 'three', method: 8 },
    ]),
  );
  const found = unzip(archive, folder, { 'bin/one': 'one', 'bin/two': 'two' });
  assert.deepEqual(found, ['bin/one', 'bin/two']);
  assert.equal(readFileSync(join(folder, 'one'), 'utf8'), long);
  assert.equal(readFileSync(join(folder, 'two'), 'utf8'), 'two');
});

test('refuses what is no archive, and what leaves the folder', () => {
  const archive = join(folder, 'a.zip');
  writeFileSync(archive, 'not a zip file, but longer than its end record');
  assert.throws(() => unzip(archive, folder, {}), /not a zip file/);
  writeFileSync(archive, zip([{ name: 'a', content: 'a', method: 0 }]));
  assert.throws(
    () => unzip(archive, folder, { a: '../a' }),
    /outside the folder/,
  );
});
