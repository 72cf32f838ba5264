// Made-up inputs: `npm run fuzz` for tarballs, `npm run fuzz -- contexts` for folders to build.
if (process.argv[2] === 'contexts') await import('./contexts/fuzz-contexts.ts');
else {
  // tarballs are the default
  if (process.argv[2] === 'archives') process.argv.splice(2, 1);
  await import('./fuzz-archives.ts');
}

export {};
