/** An object for a delivery tool, and the folder of the output that it is written to. */
export interface Placed {
  readonly folder: string;
  readonly manifest: object;
}
