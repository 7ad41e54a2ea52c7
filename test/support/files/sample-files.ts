const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const WEBP = 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==';

/** The smallest files of each type that is taken in, as their programs write them. */
export const SAMPLES = {
  png: Buffer.from(PNG, 'base64'),
  gif: Buffer.from(GIF, 'base64'),
  webp: Buffer.from(WEBP, 'base64'),
  jpeg: bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9]),
  heic: bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic', [0, 0, 0, 8], 'mdat'),
  mp4: bytes([0, 0, 0, 24], 'ftypisom', [0, 0, 2, 0], 'isommp42', [0, 0, 0, 8], 'mdat'),
  mov: bytes([0, 0, 0, 20], 'ftypqt  ', [0, 0, 2, 0], 'qt  ', [0, 0, 0, 8], 'mdat'),
  webm: bytes([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm'),
  pdf: bytes('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
} as const;

/** What is called a picture, and is none; or is one, and a page as well. */
export const DISGUISED = {
  html: Buffer.from('<!doctype html><script>alert(1)</script>'),
  svg: Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  text: Buffer.from('Just some words.'),
  zip: bytes('PK', [3, 4, 20, 0, 0, 0, 0, 0], '\0'.repeat(20)),
  program: bytes('MZ', [0x90, 0, 3, 0, 0, 0]),
  gifThatIsAPage: bytes('GIF89a/*', '*/=1;/*<SCRIPT>alert(1)</SCRIPT>*/'),
  pngThatIsAPage: Buffer.concat([SAMPLES.png, Buffer.from('<html ><body>…')]),
} as const;

/** A PNG that a camera wrote: its colour profile comes before the picture. */
export function pngWithProfile(size: number): Buffer {
  const afterHeader = 33;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(size);
  const profile = Buffer.concat([length, Buffer.from('iCCP'), Buffer.alloc(size, 7), Buffer.alloc(4)]);
  return Buffer.concat([SAMPLES.png.subarray(0, afterHeader), profile, SAMPLES.png.subarray(afterHeader)]);
}

/** The sample with zeros after it, so that it has so many bytes. */
export function grownTo(size: number, sample: Buffer): Buffer {
  return Buffer.concat([sample, Buffer.alloc(size - sample.length)]);
}

/** Bytes as a connection brings them. */
export async function* piecesOf(all: Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < all.length; start += size) yield all.subarray(start, start + size);
}
