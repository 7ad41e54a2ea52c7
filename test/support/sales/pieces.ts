/** Bytes as they come over a wire. */
export async function* piecesOf(content: Buffer, pieceBytes: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < content.length; start += pieceBytes) yield content.subarray(start, start + pieceBytes);
}
