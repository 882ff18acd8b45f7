/** What both HarfBuzz builds export for handing bytes over. */
export interface WasmHeapExports {
  readonly memory: WebAssembly.Memory;
  readonly malloc: (size: number) => number;
  readonly free: (pointer: number) => void;
}

/** Copies bytes into the module's memory; the caller frees the pointer. */
export function copyIn(heap: WasmHeapExports, bytes: Uint8Array): number {
  const pointer = heap.malloc(bytes.length);
  if (pointer === 0) throw new Error('out of memory for a font');
  // The buffer is another one after the memory has grown: never keep a view of it.
  new Uint8Array(heap.memory.buffer).set(bytes, pointer);
  return pointer;
}

/** HB_TAG: four characters as a number. */
export function tagOf(name: string): number {
  const padded = name.padEnd(4, ' ');
  return (
    ((padded.charCodeAt(0) << 24) |
      (padded.charCodeAt(1) << 16) |
      (padded.charCodeAt(2) << 8) |
      padded.charCodeAt(3)) >>>
    0
  );
}
