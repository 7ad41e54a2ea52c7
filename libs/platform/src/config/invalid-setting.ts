/** A setting that is wrong; the message names it and is for whoever starts the process. */
export class InvalidSetting extends Error {}
