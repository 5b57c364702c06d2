// Packages that bring no types: what we use of them.

declare module "rtlcss" {
  export default function rtlcss(): import("postcss").Plugin;
}

declare module "subset-font" {
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: { targetFormat: "woff2"; noHinting: boolean },
  ): Promise<Uint8Array>;
}
