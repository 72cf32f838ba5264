/** The instruction as a person wrote it, without the shell and the marks that builders put around it. */
export function cleanInstruction(createdBy: string): string {
  const text = createdBy.replace(/\s+# buildkit$/, '').trim();
  const nop = /^\/bin\/sh -c #\(nop\)\s+([\s\S]*)$/.exec(text);
  if (nop) return (nop[1] ?? '').trim();
  // classic: "|1 A=b /bin/sh -c cmd"; BuildKit: "RUN /bin/sh -c cmd" and "RUN |1 A=b /bin/sh -c cmd"
  const run = /^(?:RUN )?(?:\|\d+ (?:.*? )?)?\/bin\/sh -c ([\s\S]*)$/.exec(text);
  return run ? `RUN ${(run[1] ?? '').trim()}` : text;
}
