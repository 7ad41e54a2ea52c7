/** Tells what files are by their bytes, whatever they are called. */
export abstract class FileSniffer {
  /** The media type of the file that begins so; undefined for none that is known. */
  abstract typeOf(head: Uint8Array): Promise<string | undefined>;
}
