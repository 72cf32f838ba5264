// Made-up inputs: `npm run fuzz` for tarballs, `npm run fuzz -- contexts` for folders to build.
await import(process.argv[2] === 'contexts' ? './contexts/fuzz-contexts.ts' : './fuzz-archives.ts');

export {};
