/** Takes the complaints of this pattern out of the list: what a test brings about on purpose. */
export function takeMatching(complaints: string[], pattern: RegExp): string[] {
  const taken = complaints.filter((complaint) => pattern.test(complaint));
  const left = complaints.filter((complaint) => !taken.includes(complaint));
  complaints.splice(0, complaints.length, ...left);
  return taken;
}
