/** Every page of a list, one after the other. */
export async function everyPage<T>(
  page: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | undefined; ;) {
    const found = await page(after);
    items.push(...found.items);
    if (found.next === null) return items;
    after = found.next;
  }
}
